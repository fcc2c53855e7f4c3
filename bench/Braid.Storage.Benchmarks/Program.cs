using BenchmarkDotNet.Running;
using Braid.Storage.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(WriteBenchmarks).Assembly).Run(args);
