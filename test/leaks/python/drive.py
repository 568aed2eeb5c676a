"""Runs a program of the catalogue and writes a snapshot after each of three rounds.

drive.py DUMPER PROGRAM FOLDER [STEP]: the dumper, the program, where the snapshots go, and which function is a step of it:
`step`, which leaks, or `fixed`.
"""
import gc
import os
import sys
import time

STEPS = 200


def main(dumper_file, program, folder, step_name='step'):
    name = os.path.splitext(os.path.basename(program))[0]
    sys.modules[name] = module = type(sys)(name)
    module.__file__ = program
    with open(program) as file:
        exec(compile(file.read(), program, 'exec'), module.__dict__)
    dumper = {}
    with open(dumper_file) as file:
        exec(compile(file.read(), '<objgraph>', 'exec'), dumper)
    pages = ()
    run = getattr(module, step_name)
    step = 0
    for snapshot in range(3):
        for step in range(step, step + STEPS):
            run(step)
        step += 1
        if getattr(module, 'collect', True):
            gc.collect()
        path = os.path.join(folder, '%d.heapsnapshot' % snapshot)
        dumper['dump'](path, pages=pages, visit='drive', skip_caller=True)
        while not os.path.exists(path):
            if os.path.exists(path + '.error'):
                with open(path + '.error') as file:
                    sys.exit(file.read())
            time.sleep(0.01)
        with open(path + '.pages') as file:
            pages = tuple(int(number) for number in file.read().strip('[]').split(',') if number)


main(*sys.argv[1:])
