using System.Diagnostics;
using System.Text;
using Braid.Protos.Pps;
using Braid.System.Tests.Kills;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>A server that is not root runs datums all the same.</summary>
public sealed class OrdinaryUserTests
{
    [OrdinaryUserFact]
    public async Task Programs_of_an_ordinary_users_server_run_as_that_user_and_within_their_memory()
    {
        await using var server = await ServerProcess.StartAsAsync(OrdinaryUserFactAttribute.User);
        var address = new Uri(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
        using var pfs = new PfsClient(address);
        using var pps = new PpsClient(address);
        await pfs.CreateRepoAsync("in");
        await pps.CreatePipelineAsync(Pipeline("who", "id -u > /pfs/out/user"));
        await pps.CreatePipelineAsync(Pipeline("greedy", "exec python3 -c 'bytearray(300 << 20)'", memory: "100M"));

        await pfs.ModifyAsync(PfsClient.Head("in"), [KeyValuePair.Create("/a", (byte[]?)Encoding.UTF8.GetBytes("a"))]);

        Assert.Equal(JobState.JobSuccess, (await pps.NewestEndedAsync("who")).State);
        var user = Encoding.UTF8.GetString(await pfs.ReadAsync(PfsClient.Head("who"), "/user"));
        Assert.Equal($"{OrdinaryUserFactAttribute.User}\n", user);
        Assert.Equal(JobState.JobFailure, (await pps.NewestEndedAsync("greedy")).State);
    }

    private static CreatePipelineRequest Pipeline(string name, string line, string? memory = null) =>
        new()
        {
            Pipeline = new() { Name = name },
            Transform = new() { Cmd = { "sh", "-c", line } },
            Input = new()
            {
                Pfs = new()
                {
                    Name = "in",
                    Repo = "in",
                    Glob = "/*",
                },
            },
            DatumTries = 1,
            ResourceLimits = memory is null ? null : new() { Memory = memory },
        };
}

/// <summary>Runs only where root can start the server as somebody else, who may make sandboxes; says why not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OrdinaryUserFactAttribute : FactAttribute
{
    public const string User = "1000";

    public OrdinaryUserFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "all tests of an ordinary user are that";
        }
        else if (!Works("test", "-x", Repository.PathOf("artifacts", "publish", "cli", "braid")))
        {
            Skip = "others may not start the programs that were built here";
        }
        else if (!Works("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"))
        {
            Skip = "ordinary users may make no sandboxes here";
        }
    }

    private static bool Works(params string[] command)
    {
        using var process = Process.Start(
            "setpriv",
            [$"--reuid={User}", $"--regid={User}", "--clear-groups", .. command]
        );
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
