"""How work is spread over processes and machines, behind one interface: `Workers.map` and `Workers.beside`.

A stage describes its work as a `Task` of three steps. It does not know in which process or on which machine they run.

- `task`: the three steps, `fetch`, `work` and `keep`
- `workers`: ordered maps over batches on this machine: in this process, or in processes beside it
- `processes`: starts a process in the way that suits the system, `fork` or `spawn`
- `forking`: a forked process and its results
- `spawning`: a newly started process and its results, for systems where forking is not safe
- `cluster`: the same maps on the workers of a Dask scheduler
"""
