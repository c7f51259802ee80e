/** What a reader of the figures has to know. */
export const latencyNotes: readonly string[] = [
  'Frames are counted in pixels: the drawn buffer is read back in every display frame, right after the page drew it. A frame ' +
    'shows a change of the pose when it, and all after it, are nearer to the settled picture of the new pose than to that of ' +
    'the old one (least squares over the middle of the left eye), and near to it at all: “rest” is their difference over that ' +
    'of the two poses, and has to be under 0.75. One that merely differs does not count.',
  'The pose jumps between two display frames, by 15 degrees or by 12 cm in front of a column 1.5 m away. What counts as 1 is ' +
    'the very next display frame. “By the model” are changes that first showed in a model frame which knew of them.',
  'The world of the motion rows is the simulator, without pose prediction and governor: a head that jumps has no velocity to ' +
    'predict from. The display rates and the governor are measured as each table says.',
  'Injected latency is measured in the light world and the stages in the shipped one, where nothing is read back.',
  'The emulated headset is told to expect light 30 ms after the begin of a display frame, as real ones do; by itself it says 0.',
  'The GPU is software (SwiftShader) and takes the same cores as the page and the model, so display rates are far below those ' +
    'of any real GPU. Frame counts and ratios count; milliseconds belong to this machine. All times are estimated from clocks, ' +
    'none was measured with light.',
  '“Stalled”: the worker hangs without computing. “Crashed”: its thread has ended. “Slow”: one frame a second, each a second ' +
    'old. “One core computing”: a step that keeps a core busy and does not end. “Busy”: the shipped painter on WASM as fast as ' +
    'it goes, without the governor; “governed”: the same with it. “Idle”: one step in five seconds. The head turns to and fro ' +
    'all the while, each stretch is compared with the idle ones right before and after it, and the ratio of an idle stretch to ' +
    'its idle neighbours tells how much of a ratio is chance.',
  'The light world (tests/fixtures/painted-action) has 400 triangles, so that its display keeps its pace even on a software GPU ' +
    'and loses frames only to the model. In the shipped world the software GPU needs both cores for the drawing itself, and a ' +
    'painter that computes takes one of them away: with a GPU it would not.',
  'The synthetic load costs every display frame 1 ms for each model step a second, as a processor would that both share, in the ' +
    'light world.',
];
