import { z } from 'zod';

/**
 * A schema of the JSON object format, from "Trace Event Format" (Duca and Sinclair, Google, 2016,
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), for the phases that it describes and
 * Reverie may write. Stricter than viewers: ids must be whole numbers, and no field may stand there that is not described.
 */
const common = {
  name: z.string(),
  cat: z.string(),
  /** Microseconds. */
  ts: z.number().nonnegative(),
  tts: z.number().optional(),
  pid: z.int(),
  tid: z.int(),
  cname: z.string().optional(),
};
const args = z.record(z.string(), z.union([z.string(), z.number()]));
const id = z.union([z.int(), z.string()]);

const complete = z.strictObject({ ...common, ph: z.literal('X'), dur: z.number().nonnegative(), tdur: z.number().optional(), args: args.optional() });
const instant = z.strictObject({ ...common, ph: z.literal('i'), s: z.enum(['g', 'p', 't']).optional(), args: args.optional() });
const counter = z.strictObject({ ...common, ph: z.literal('C'), id: id.optional(), args: z.record(z.string(), z.number()) });
const flowBegins = z.strictObject({ ...common, ph: z.literal('s'), id, args: args.optional() });
const flowSteps = z.strictObject({ ...common, ph: z.literal('t'), id, args: args.optional() });
const flowEnds = z.strictObject({ ...common, ph: z.literal('f'), id, bp: z.literal('e').optional(), args: args.optional() });
const named = z.strictObject({ ...common, ph: z.literal('M'), name: z.enum(['process_name', 'thread_name', 'process_labels']), args: z.strictObject({ name: z.string() }) });
const sorted = z.strictObject({ ...common, ph: z.literal('M'), name: z.enum(['process_sort_index', 'thread_sort_index']), args: z.strictObject({ sort_index: z.int() }) });

const event = z.union([complete, instant, counter, flowBegins, flowSteps, flowEnds, named, sorted]);

const file = z.strictObject({
  traceEvents: z.array(z.unknown()),
  displayTimeUnit: z.enum(['ms', 'ns']).optional(),
  systemTraceEvents: z.string().optional(),
  otherData: z.record(z.string(), z.unknown()).optional(),
  stackFrames: z.record(z.string(), z.unknown()).optional(),
  samples: z.array(z.unknown()).optional(),
});

/** What is wrong with a trace, a sentence each; empty: nothing. */
export function traceEventFaults(trace: unknown): string[] {
  const whole = file.safeParse(trace);
  if (!whole.success) return [`The file is not of the object format: ${whole.error.message}`];
  return whole.data.traceEvents.flatMap((candidate, index) => {
    const found = event.safeParse(candidate);
    return found.success ? [] : [`Event ${index} is of no phase that there is: ${JSON.stringify(candidate)}`];
  });
}
