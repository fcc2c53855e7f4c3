using BenchmarkDotNet.Running;
using Braid.Grpc.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
