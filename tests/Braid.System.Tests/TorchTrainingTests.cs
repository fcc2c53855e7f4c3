using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Two ranks of Debian's PyTorch, of the manifest as it is in the examples.</summary>
public sealed class TorchTrainingTests
{
    [TorchFact]
    public async Task Two_ranks_of_PyTorch_train_one_net_over_gloo()
    {
        // The machine's own Python may come first on the path.
        await using var server = await ServerProcess.StartInAsync(new() { ["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin" });
        var made = await server.BraidAsync("create", "-f", Repository.PathOf("examples/distributed/pytorchjob.yaml"));
        Assert.True(made.Code == 0, made.Error);
        await Eventually.IsTrueAsync(
            async () =>
                (await server.BraidAsync("get", "pytorchjobs")).Out.Contains("Succeeded", StringComparison.Ordinal),
            "the end of the training",
            TimeSpan.FromSeconds(120)
        );

        var printed = (await server.BraidAsync("logs", "two-moons")).Out;
        Assert.Equal(
            2,
            printed.Split('\n').Count(line => line.EndsWith("same weights: True", StringComparison.Ordinal))
        );
        Assert.Contains("rank 0 of 2: accuracy 0.99", printed);
        Assert.Contains("rank 1 of 2: accuracy 0.99", printed);
    }
}

/// <summary>A test that needs Debian's PyTorch, which weighs too much to be installed for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute()
    {
        if (!File.Exists("/usr/lib/python3/dist-packages/torch/__init__.py"))
        {
            Skip = "needs Debian's python3-torch";
        }
    }
}
