using System.Net;
using System.Net.Sockets;
using Braid.Agent.Protocol;
using Braid.Server.Options;

namespace Braid.Server.Agents;

/// <summary>What <c>agent</c> was told, checked as a whole.</summary>
internal sealed record AgentCommandOptions
{
    private static readonly Option server = new("--server", "URL", null, "the web address of the server");
    private static readonly Option node = new("--node", "NAME", Environment.MachineName, "the machine's name");
    private static readonly Option data = new("--data", "DIR", null, "the agent's folder (made when missing)");
    private static readonly Option pool = new("--pool", "NAME", "default", "the node pool it belongs to");
    private static readonly Option labels = new("--labels", "K=V,...", "", "labels that workloads choose it by");
    private static readonly Option taints = new("--taints", "K=V:EFFECT,...", "", "what keeps workloads away");
    private static readonly Option address = new(
        "--address",
        "IP",
        "",
        "where other machines reach this one [the way to the server]"
    );
    private static readonly Option queues = new(
        "--queue",
        "NAME,...",
        "",
        "ClearML's queues of which it runs the tasks"
    );
    private static readonly IReadOnlyList<Option> all =
    [
        server,
        node,
        data,
        pool,
        labels,
        taints,
        address,
        queues,
        ExecutorChoice.KindOption,
        ExecutorChoice.EngineOption,
    ];

    private static readonly string[] effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public required Uri Server { get; init; }
    public required string Node { get; init; }
    public required string Data { get; init; }
    public required string Pool { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public required IReadOnlyList<NodeTaint> Taints { get; init; }

    /// <summary>The names of ClearML's queues of which it takes runs.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Null for the one that leads to the server.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>What it runs replicas with.</summary>
    public required ExecutorChoice Executor { get; init; }

    /// <summary>Of an administrator; null where the server demands none.</summary>
    public required (string AccessKey, string SecretKey)? Keys { get; init; }

    public static string Usage() =>
        "Usage: braid agent --server URL --data DIR [options]\n\n"
        + OptionTable.Lines(all)
        + "\n\nIt comes with the key pair in BRAID_ACCESS_KEY and BRAID_SECRET_KEY, an administrator's.";

    /// <summary>The options, or what is wrong with them, a line each.</summary>
    public static (AgentCommandOptions? Options, IReadOnlyList<string> Mistakes) Read(
        IReadOnlyList<string> args,
        Func<string, string?> environment
    )
    {
        var given = new GivenOptions(all, args, environment);
        var options = new AgentCommandOptions
        {
            Server = ServerOf(given),
            Node = given.Text(node) ?? "",
            Data = Path.GetFullPath(given.Text(data) ?? given.Missing(data)),
            Pool = given.Text(pool) ?? "",
            Labels = LabelsOf(given),
            Taints = TaintsOf(given),
            Queues = given.Names(queues),
            Address = AddressOf(given),
            Executor = ExecutorChoice.Read(given),
            Keys =
                environment("BRAID_ACCESS_KEY") is { Length: > 0 } access
                && environment("BRAID_SECRET_KEY") is { Length: > 0 } secret
                    ? (access, secret)
                    : null,
        };
        return given.Mistakes.Count == 0 ? (options, []) : (null, given.Mistakes);
    }

    /// <summary>This machine's address on the way to the server.</summary>
    public async Task<IPAddress> FindAddressAsync(CancellationToken ct)
    {
        if (Address is not null)
        {
            return Address;
        }

        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(Server.Host, Server.Port, ct);
        return socket.LocalEndPoint is IPEndPoint end ? end.Address.MapToIPv4() : IPAddress.Loopback;
    }

    private static Uri ServerOf(GivenOptions given)
    {
        var text = given.Text(server) ?? given.Missing(server);
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        given.Mistake(
            $"{server.Flag} wants the address of a server's web door, such as http://braid:8080, not '{text}'"
        );
        return new("http://localhost/");
    }

    private static Dictionary<string, string> LabelsOf(GivenOptions given)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in (given.Text(labels) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = label.Split('=', 2);
            read[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }

        return read;
    }

    private static List<NodeTaint> TaintsOf(GivenOptions given)
    {
        var read = new List<NodeTaint>();
        foreach (var taint in (given.Text(taints) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (taint.Split(':') is [var label, var effect] && effects.Contains(effect))
            {
                var parts = label.Split('=', 2);
                read.Add(new(parts[0], parts.Length == 2 ? parts[1] : "", effect));
            }
            else
            {
                given.Mistake($"{taints.Flag}: '{taint}' is no taint: write K=V:NoSchedule, or :PreferNoSchedule");
            }
        }

        return read;
    }

    private static IPAddress? AddressOf(GivenOptions given)
    {
        var text = given.Text(address) ?? "";
        if (text.Length == 0 || IPAddress.TryParse(text, out _))
        {
            return text.Length == 0 ? null : IPAddress.Parse(text);
        }

        given.Mistake($"{address.Flag} wants an IP address, not '{text}'");
        return null;
    }
}
