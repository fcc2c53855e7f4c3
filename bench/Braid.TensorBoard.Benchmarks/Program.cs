using BenchmarkDotNet.Running;
using Braid.TensorBoard.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
