/** What may be wrong with the conventions of a model. */
export type FaultKind =
  | 'pose-of-another-frame'
  | 'focal-length'
  | 'pose-transposed'
  | 'pose-inverted'
  | 'axes-y-down'
  | 'picture-mirrored'
  | 'picture-upside-down'
  | 'picture-turned-round'
  | 'depth-scale'
  | 'depth-inverted'
  | 'depth-constant'
  | 'depth-8-bit'
  | 'depth-invalid';

/** A convention that the frames contradict. */
export type ConventionFinding = {
  kind: FaultKind;
  /** 0..1: how clear and how often seen. */
  confidence: number;
  /**
   * `focal-length`, `depth-scale`: what the declared focal length or inverse depth has to be multiplied by.
   * `pose-of-another-frame`: how many frames later (negative: earlier) the right pose was given. Null for the rest.
   */
  factor: number | null;
  /** Other kinds that fit as well with the motion seen so far. */
  orElse: readonly FaultKind[];
};
