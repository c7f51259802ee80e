"""Trains the painter: N one-thread workers that average their weights now and then, or one process on a GPU.

python3 train.py --data data/paint --out runs/paint --minutes 50 --workers 2
"""

import argparse
import csv
import json
import math
import os
import signal
import time

for _variable in ('OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'):
    os.environ.setdefault(_variable, '1')  # before torch is loaded: threads of one worker would fight the other's

import numpy as np
import torch
import torch.multiprocessing as multiprocessing

from augment import augment
from dataset import PaintDataset
from losses import WEIGHTS, paint_losses, total_loss
from metrics import describe, evaluate
from network import Painter, count_macs, count_parameters
from png import write_contact_sheet, write_loss_curves

PRESETS = {
    'cpu': {'batch': 8, 'lr': 1.2e-3, 'round': 8, 'ema': 0.998},
    'gpu': {'batch': 64, 'lr': 2.0e-3, 'round': 32, 'ema': 0.9995},
}
CHECKPOINT_MINUTES = 2.0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', default='data/paint', help='folder with dataset.json')
    parser.add_argument('--out', default='runs/paint', help='folder for checkpoints, logs and pictures')
    parser.add_argument('--minutes', type=float, default=50, help='time budget, all resumed parts together')
    parser.add_argument('--workers', type=int, default=2, help='processes of one thread each (CPU only)')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--resume', action='store_true', help='go on from the checkpoint in --out')
    parser.add_argument('--init', metavar='RUN', help='begin with the averaged weights of another run')
    parser.add_argument('--device', default='cpu', choices=['cpu', 'cuda'])
    parser.add_argument('--preset', choices=sorted(PRESETS), help='default: cpu on cpu, gpu on cuda')
    parser.add_argument('--precision', default='auto', choices=['auto', 'fp32', 'bf16'], help='auto: bf16 if fast')
    parser.add_argument('--batch', type=int, help='frames a step of one worker')
    parser.add_argument('--lr', type=float, help='highest learning rate')
    parser.add_argument('--texture', type=float, help=f'weight of the texture loss (default {WEIGHTS["texture"]})')
    parser.add_argument('--eval-minutes', type=float, default=4, help='time between evaluations')
    parser.add_argument('--eval-frames', type=int, default=96, help='held-out frames of one evaluation')
    options = parser.parse_args()
    options.preset = options.preset or ('gpu' if options.device == 'cuda' else 'cpu')
    for name, value in PRESETS[options.preset].items():
        if getattr(options, name, None) is None:
            setattr(options, name, value)
    if options.device == 'cuda':
        options.workers = 1
    if options.precision == 'auto':
        options.precision = 'bf16' if _bf16_is_fast(options.device) else 'fp32'
    options.weights = dict(WEIGHTS)
    if options.texture is not None:
        options.weights['texture'] = options.texture
    return options


def _bf16_is_fast(device):
    if device == 'cuda':
        return torch.cuda.is_bf16_supported()
    try:
        with open('/proc/cpuinfo', encoding='utf-8') as file:
            return 'bf16' in file.read()
    except OSError:
        return False


def flatten(model):
    return torch.cat([p.detach().reshape(-1) for p in model.parameters()])


def unflatten(model, flat):
    start = 0
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(flat[start:start + p.numel()].view_as(p))
            start += p.numel()


def learning_rate(progress, peak):
    """Two percent of the time to warm up, then a cosine down to a fiftieth; progress in 0..1."""
    if progress < 0.02:
        return peak * (0.05 + 0.95 * progress / 0.02)
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - 0.02) / 0.98))))


class ClipOrder:
    """Every clip of two frames once an epoch, in an order of this worker's own."""

    def __init__(self, frames, rng):
        self.clips, self.rng, self.queue = frames // 2, rng, np.zeros(0, np.int64)

    def take(self, frames):
        clips = frames // 2
        while len(self.queue) < clips:
            self.queue = np.concatenate([self.queue, self.rng.permutation(self.clips)])
        taken, self.queue = self.queue[:clips], self.queue[clips:]
        return np.stack([2 * taken, 2 * taken + 1], 1).reshape(-1)


class Shared:
    """Weights of each worker (two sets, so that one barrier a round is enough) and the word to stop."""

    def __init__(self, workers, parameters, context):
        self.slots = torch.zeros(2, workers, parameters).share_memory_()
        self.samples = torch.zeros(workers, dtype=torch.int64).share_memory_()
        self.control = torch.zeros(2, dtype=torch.int64).share_memory_()  # asked to stop, agreed to stop
        self.barrier = context.Barrier(workers)


def take_weights(model, run):
    """Begins with the moving average of another run. A kernel that has grown since gets the old one in its middle."""
    old = torch.load(checkpoint_path(run), map_location='cpu')['ema']
    with torch.no_grad():
        for name, weight in model.state_dict().items():
            margins = [new - had for new, had in zip(weight.shape, old[name].shape)]
            if any(margins[:2]) or any(margin % 2 or margin < 0 for margin in margins):
                raise SystemExit(f'{run} does not fit this network: {name} was {list(old[name].shape)}, is {list(weight.shape)}.')
            middle = tuple(slice(margin // 2, margin // 2 + had) for margin, had in zip(margins, old[name].shape))
            weight.zero_()
            weight[middle] = old[name].to(weight)


def checkpoint_path(out):
    return os.path.join(out, 'checkpoint.pt')


def save_checkpoint(options, model, ema, optimizer, state):
    path = checkpoint_path(options.out)
    parts = {'model': model, 'ema': ema, 'optimizer': optimizer}
    torch.save({**{name: part.state_dict() for name, part in parts.items()}, **state}, path + '.tmp')
    os.replace(path + '.tmp', path)


def work(rank, options, shared):
    """One worker; rank 0 also keeps the moving average, the log, the checkpoints and the evaluations."""
    if shared:
        for kind in (signal.SIGINT, signal.SIGTERM):  # the parent asks, so that the last round is kept
            signal.signal(kind, signal.SIG_IGN)
    parent = os.getppid()
    if options.device == 'cpu':
        torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    device, lead = torch.device(options.device), rank == 0
    train = PaintDataset(options.data, 'train', device, preload=options.device == 'cuda')
    model = Painter().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.lr, betas=(0.9, 0.99), weight_decay=1e-4)
    state = {'seconds': 0.0, 'steps': 0, 'samples': 0}
    if options.init:
        take_weights(model, options.init)
    ema = Painter().to(device)
    ema.load_state_dict(model.state_dict())
    if options.resume:
        saved = torch.load(checkpoint_path(options.out), map_location=device)
        model.load_state_dict(saved['model'])
        optimizer.load_state_dict(saved['optimizer'])
        ema.load_state_dict(saved['ema'])
        state = {name: saved[name] for name in state}
    seed = options.seed * 1000 + rank + 7919 * state['steps']
    generator = torch.Generator().manual_seed(seed)
    order = ClipOrder(len(train), np.random.default_rng(seed))
    reporter = Reporter(options, state, len(train)) if lead else None
    begun, earlier, round_index = time.time(), state['seconds'], 0
    budget = options.minutes * 60
    if shared:
        shared.barrier.wait(600)

    while True:
        sums, steps = {}, 0
        model.train()
        for _ in range(options.round):
            progress = (earlier + time.time() - begun) / budget
            for group in optimizer.param_groups:
                group['lr'] = learning_rate(progress, options.lr)
            batch = augment(train.batch(order.take(options.batch)), generator)
            image = batch['image'].contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=options.precision == 'bf16'):
                rgb, depth = model(image, batch['style'])
            terms = paint_losses(rgb.float().contiguous(), depth.float().contiguous(), batch)
            loss = total_loss(terms, options.weights)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            if torch.isfinite(norm):  # one broken frame must not end an hour of training
                optimizer.step()
            terms['total'] = loss
            for name, value in terms.items():
                sums[name] = sums.get(name, 0) + value.detach()
            steps += 1
        if shared:
            slots = shared.slots[round_index % 2]
            slots[rank] = flatten(model)
            shared.samples[rank] += steps * options.batch
            orphan = os.getppid() != parent
            if lead and (orphan or shared.control[0] or earlier + time.time() - begun >= budget):
                shared.control[1] = 1
            shared.barrier.wait(600)
            unflatten(model, slots.mean(0))
            stop = bool(shared.control[1])
        else:
            stop = bool(_stop_asked) or earlier + time.time() - begun >= budget
        round_index += 1
        if lead:
            state['seconds'] = earlier + time.time() - begun
            state['steps'] += steps
            state['samples'] += steps * options.batch * options.workers
            _update_average(ema, model, options.ema, state['steps'], steps)
            reporter.after_round(model, ema, optimizer, state, {n: float(v) / steps for n, v in sums.items()}, stop)
        if stop:
            return


def _update_average(ema, model, decay, total_steps, steps):
    decay = min(decay, (1 + total_steps) / (10 + total_steps)) ** steps
    with torch.no_grad():
        for slow, fast in zip(ema.parameters(), model.parameters()):
            slow.lerp_(fast, 1 - decay)


class Reporter:
    """Log, checkpoints, evaluations and pictures; only rank 0 has one."""

    def __init__(self, options, state, train_frames):
        self.options, self.path = options, lambda name: os.path.join(options.out, name)
        self.heldout = PaintDataset(options.data, 'heldout', options.device)
        self.next_log = self.next_save = self.next_eval = None
        self.log_began, self.log_samples = time.time(), state['samples']
        if not options.resume:
            for name in ('loss.csv', 'eval.jsonl'):
                if os.path.exists(self.path(name)):
                    os.remove(self.path(name))
        model = Painter()
        print(
            f'{count_parameters(model) / 1e6:.2f} M parameters, {count_macs(model) / 1e9:.2f} G multiply-adds a frame; '
            f'{train_frames} training and {len(self.heldout)} held-out frames; {options.workers} worker(s) on '
            f'{options.device}, {options.precision}, batch {options.batch} each', flush=True)

    def after_round(self, model, ema, optimizer, state, terms, stop):
        seconds = state['seconds']
        if self.next_log is None:
            self.next_log, self.next_save = seconds, seconds + CHECKPOINT_MINUTES * 60
            self.next_eval = seconds + min(1, self.options.eval_minutes) * 60
        if seconds >= self.next_log or stop:
            self.next_log = seconds + 10
            self._log(optimizer, state, terms)
        if seconds >= self.next_save or stop:
            self.next_save = seconds + CHECKPOINT_MINUTES * 60
            save_checkpoint(self.options, model, ema, optimizer, state)
        if seconds >= self.next_eval or stop:
            self.next_eval = seconds + self.options.eval_minutes * 60
            self._evaluate(ema, state)

    def _log(self, optimizer, state, terms):
        rate = (state['samples'] - self.log_samples) / max(time.time() - self.log_began, 1e-3)
        self.log_began, self.log_samples = time.time(), state['samples']
        row = {
            'minutes': round(state['seconds'] / 60, 3), 'steps': state['steps'], 'samples': state['samples'],
            'lr': round(optimizer.param_groups[0]['lr'], 7), **{n: round(v, 6) for n, v in terms.items()},
        }
        new = not os.path.exists(self.path('loss.csv'))
        with open(self.path('loss.csv'), 'a', newline='', encoding='utf-8') as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(
            f'{row["minutes"]:7.2f} min  step {row["steps"]:6d}  {rate:6.1f} samples/s  loss {terms["total"]:.4f}  '
            f'rgb {terms["rgb"]:.4f}  temporal {terms["temporal"]:.4f}  depth {terms["depth"]:.5f}  lr {row["lr"]:.2e}', flush=True)

    def _evaluate(self, ema, state):
        begun = time.time()
        figures = evaluate(ema, self.heldout, self.options.eval_frames)
        line = {**state, 'minutes': round(state['seconds'] / 60, 2), **figures}
        with open(self.path('eval.jsonl'), 'a', encoding='utf-8') as file:
            file.write(json.dumps(line) + '\n')
        write_contact_sheet(self.path('sheet.png'), ema, self.heldout)
        write_loss_curves(self.path('loss.csv'), self.path('loss.png'))
        print(f'held-out after {line["minutes"]} min ({figures["frames"]} frames, {time.time() - begun:.1f} s):')
        print(describe(figures), flush=True)


_stop_asked = []


def main():
    options = parse_arguments()
    if options.init and not options.resume and not os.path.exists(checkpoint_path(options.init)):
        raise SystemExit(f'There is no checkpoint in {options.init} to begin with.')
    if options.resume and not os.path.exists(checkpoint_path(options.out)):
        raise SystemExit(f'There is no checkpoint in {options.out} to resume from. Leave --resume out to start anew.')
    try:
        PaintDataset(options.data, 'train')
        PaintDataset(options.data, 'heldout')
    except ValueError as error:
        raise SystemExit(str(error))
    os.makedirs(options.out, exist_ok=True)
    if options.workers == 1:
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, lambda *_: _stop_asked.append(1))
        work(0, options, None)
        return
    context = multiprocessing.get_context('spawn')
    shared = Shared(options.workers, count_parameters(Painter()), context)
    processes = [context.Process(target=work, args=(rank, options, shared)) for rank in range(options.workers)]
    for process in processes:
        process.start()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: shared.control.__setitem__(0, 1))
    for process in processes:
        while process.is_alive():
            process.join(1)
            if any(p.exitcode not in (None, 0) for p in processes):
                shared.barrier.abort()  # the others must not wait for one that has died
    if any(p.exitcode for p in processes):
        raise SystemExit('A worker failed; its error is above. The last checkpoint is whole: go on with --resume.')


if __name__ == '__main__':
    main()
