// Shadows of bodies, taken for spheres, on dreamed surfaces. Put before fragment shaders; the CPU twin is
// src/reproject/body-shadow.ts.
//
// bodies       x, y, z, radius in eye space, metres
// bodyCount    of them
// towardsSun   eye space, unit length; straight up where nobody knows better
//
// Contact: how much of the sky above a surface a sphere covers (Inigo Quilez, "sphere ambient occlusion", with his
// approximation where the horizon cuts the sphere; https://iquilezles.org/articles/sphereao/). In the air: a shadow of a
// light as wide as `sunWidth`, whose edge grows softer and whose middle grows lighter with height.

uniform vec4 bodies[24];
uniform int bodyCount;
uniform vec3 towardsSun;

// Tangent of the half angle of the light.
const float sunWidth = 0.18;
const float contactStrength = 0.75;
const float shadowStrength = 0.6;
// Beyond so many radii a sphere covers nothing that could be seen.
const float contactRadii = 8.0;

float sphereOcclusion(vec3 towards, float distance, float radius, vec3 normal) {
  float cosine = dot(normal, towards) / distance;
  float h = max(distance / radius, 1.0);
  float h2 = h * h;
  float covered = max(cosine, 0.0) / h2;
  if (1.0 - h2 * cosine * cosine > 0.0) {
    float cut = clamp(0.5 * (cosine * h + 1.0) / h2, 0.0, 1.0);
    // To the power of 3/2.
    covered = cut * sqrt(cut);
  }
  return covered * (1.0 - smoothstep(0.5 * contactRadii, contactRadii, h));
}

float sphereShadow(float squared, float along, float radius) {
  if (along <= 0.0) return 0.0;
  float beside2 = max(squared - along * along, 0.0);
  float soft = max(along * sunWidth, 1e-4);
  // Most pixels lie in no body's shadow, and are done here.
  if (beside2 >= (radius + soft) * (radius + soft)) return 0.0;
  float middle = min(1.0, radius * radius / (soft * soft));
  return middle * (1.0 - smoothstep(max(radius - soft, 0.0), radius + soft, sqrt(beside2)));
}

// Share of the light that bodies leave at a point of a surface.
float lightLeft(vec3 position, vec3 normal) {
  float contact = 1.0;
  float sun = 1.0;
  float facing = smoothstep(0.0, 0.3, dot(normal, towardsSun));
  for (int i = 0; i < bodyCount; i++) {
    vec3 towards = bodies[i].xyz - position;
    float radius = bodies[i].w;
    float squared = dot(towards, towards);
    float reach = contactRadii * radius;
    if (squared < reach * reach) contact *= 1.0 - sphereOcclusion(towards, sqrt(squared), radius, normal);
    if (facing > 0.0) sun *= 1.0 - facing * sphereShadow(squared, dot(towards, towardsSun), radius);
  }
  return (1.0 - contactStrength * (1.0 - contact)) * (1.0 - shadowStrength * (1.0 - sun));
}
