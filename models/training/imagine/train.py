"""Trains the token model `imagine`: one process of one thread, or a GPU.

python3 train.py --data data/imagine --out runs/imagine --minutes 15
"""

import argparse
import csv
import math
import os
import sys
import time

for _variable in ('OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'):
    os.environ.setdefault(_variable, '1')  # before torch is loaded: other programs need the other cores

import numpy as np
import torch

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from blocks import PHASES, Blocks, sorted_batches
from model import Imagine, count_parameters, load_weights
from png import write_loss_curves

CHECKPOINT_SECONDS = 90.0
CORRUPT = 0.01
EMA = 0.998


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', default='data/imagine', help='folder with tokens.json')
    parser.add_argument('--out', default='runs/imagine', help='folder for checkpoints, the log and the loss curve')
    parser.add_argument('--minutes', type=float, default=15, help='time budget, all resumed parts together')
    parser.add_argument('--batch', type=int, default=16, help='blocks a step')
    parser.add_argument('--lr', type=float, default=3e-3, help='highest learning rate')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--eval-minutes', type=float, default=1.5, help='time between evaluations')
    parser.add_argument('--resume', action='store_true', help='go on from the checkpoint in --out')
    parser.add_argument('--start', help='folder of a run whose weights to begin with')
    parser.add_argument('--device', default='cpu', choices=['cpu', 'cuda'])
    parser.add_argument('--precision', default='auto', choices=['auto', 'fp32', 'bf16'], help='auto: bf16 if fast')
    options = parser.parse_args()
    if options.precision == 'auto':
        options.precision = 'bf16' if bf16_is_fast(options.device) else 'fp32'
    return options


def bf16_is_fast(device):
    if device == 'cuda':
        return torch.cuda.is_bf16_supported()
    try:
        with open('/proc/cpuinfo', encoding='utf-8') as file:
            return 'bf16' in file.read()
    except OSError:
        return False


def checkpoint_path(out):
    return os.path.join(out, 'checkpoint.pt')


def learning_rate(progress, peak):
    """Three percent of the time to warm up, then a cosine down to a hundredth; progress in 0..1."""
    if progress < 0.03:
        return peak * (0.05 + 0.95 * progress / 0.03)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - 0.03) / 0.97))))


def to_device(batch, device):
    return {name: tensor.to(device) for name, tensor in batch.items()}


@torch.no_grad()
def evaluate(model, blocks, device, count=None):
    """Bits a token on held-out worlds, each block told what its phase knows, in all and for each phase, and of each
    state their sum over all tokens."""
    samples = blocks.samples
    if count is not None and count < len(samples):
        samples = np.random.default_rng(0).choice(samples, count, replace=False)
    bits, tokens = np.zeros(PHASES), np.zeros(PHASES)
    of_states = np.zeros(len(blocks.info['states']))
    was_training = model.training
    model.eval()
    for chosen in sorted_batches(blocks, samples, 64):
        batch = to_device(blocks.batch(chosen), device)
        losses, said = model.losses(batch)
        losses = losses.double().cpu().numpy() / math.log(2)
        phases = np.broadcast_to(blocks.phases(chosen)[:, None], said.shape)[said.cpu().numpy()]
        bits += np.bincount(phases, losses, PHASES)
        tokens += np.bincount(phases, minlength=PHASES)
        of_states += np.bincount(batch['state'][said].cpu().numpy(), losses, len(of_states))
    model.train(was_training)
    return {
        'bits': bits.sum() / tokens.sum(), 'phases': bits / np.maximum(tokens, 1), 'tokens': int(tokens.sum()),
        'blocks': len(samples), 'states': of_states,
    }


def save(options, model, ema, optimizer, state):
    path = checkpoint_path(options.out)
    torch.save({'model': model.state_dict(), 'ema': ema.state_dict(), 'optimizer': optimizer.state_dict(),
                'info': model.info, **state}, path + '.tmp')
    os.replace(path + '.tmp', path)


def log(out, row):
    path = os.path.join(out, 'log.csv')
    is_new = not os.path.exists(path)
    with open(path, 'a', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, list(row))
        if is_new:
            writer.writeheader()
        writer.writerow(row)
    write_loss_curves(path, os.path.join(out, 'loss.png'))


def update_average(ema, model, steps):
    decay = min(EMA, (1 + steps) / (10 + steps))
    with torch.no_grad():
        for kept, new in zip(ema.parameters(), model.parameters()):
            kept.lerp_(new, 1 - decay)


def train(options):
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    device = torch.device(options.device)
    blocks, heldout = Blocks(options.data, 'train'), Blocks(options.data, 'heldout')
    model, ema = Imagine(blocks.info).to(device), Imagine(blocks.info).to(device)
    if options.start:
        load_weights(model, torch.load(checkpoint_path(options.start), map_location=device)['ema'])
    ema.load_state_dict(model.state_dict())
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim < 2]
    optimizer = torch.optim.AdamW(
        [{'params': matrices, 'weight_decay': 0.05}, {'params': vectors, 'weight_decay': 0.0}], betas=(0.9, 0.98))
    state = {'seconds': 0.0, 'steps': 0, 'epoch': 0}
    if options.resume:
        saved = torch.load(checkpoint_path(options.out), map_location=device)
        model.load_state_dict(saved['model'])
        ema.load_state_dict(saved['ema'])
        optimizer.load_state_dict(saved['optimizer'])
        state = {name: saved[name] for name in state}
    else:
        for name in ('log.csv', 'loss.png'):
            if os.path.exists(os.path.join(options.out, name)):
                os.remove(os.path.join(options.out, name))
    print(f'{count_parameters(model)} parameters, {len(blocks.samples)} blocks, {options.minutes:g} minutes in {options.precision}', flush=True)
    budget, start = options.minutes * 60, time.monotonic() - state['seconds']
    next_save, next_eval = state['seconds'] + CHECKPOINT_SECONDS, state['seconds'] + options.eval_minutes * 60
    recent = []
    while state['seconds'] < budget:
        rng = np.random.default_rng([options.seed, state['epoch'], state['steps']])
        for chosen in sorted_batches(blocks, blocks.samples, options.batch, rng):
            for group in optimizer.param_groups:
                group['lr'] = learning_rate(state['seconds'] / budget, options.lr)
            phases = rng.integers(0, PHASES, len(chosen))
            batch = to_device(blocks.batch(chosen, phases, rng, CORRUPT), device)
            with torch.autocast(options.device, torch.bfloat16, enabled=options.precision == 'bf16'):
                losses, _ = model.losses(batch)
            loss = losses.mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            state['steps'] += 1
            update_average(ema, model, state['steps'])
            recent.append(loss.item() / math.log(2))
            state['seconds'] = time.monotonic() - start
            is_over = state['seconds'] >= budget
            if state['seconds'] > next_eval or is_over:
                found = evaluate(ema, heldout, device, None if is_over else 500)
                row = {'minutes': round(state['seconds'] / 60, 2), 'steps': state['steps'],
                       'train bits': round(float(np.mean(recent)), 4), 'held-out bits': round(found['bits'], 4)}
                log(options.out, row)
                phases_text = ' '.join(f'{value:.3f}' for value in found['phases'])
                print(f'{row["minutes"]:6.1f} min, {row["steps"]} steps, epoch {state["epoch"]}: {row["train bits"]:.3f} bits a '
                      f'token in training, {found["bits"]:.4f} held out (phases {phases_text})', flush=True)
                recent = []
                # Evaluating counts into nothing: the budget is for training.
                start = time.monotonic() - state['seconds']
                next_eval = state['seconds'] + options.eval_minutes * 60
            if state['seconds'] > next_save or is_over:
                save(options, model, ema, optimizer, state)
                next_save = state['seconds'] + CHECKPOINT_SECONDS
            if is_over:
                break
        state['epoch'] += 1
    return ema, heldout, device


def main():
    options = parse_arguments()
    if options.resume and not os.path.exists(checkpoint_path(options.out)):
        raise SystemExit(f'There is no {checkpoint_path(options.out)} to resume from.')
    os.makedirs(options.out, exist_ok=True)
    train(options)


if __name__ == '__main__':
    main()
