// One experiment is active per process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
