using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads.Submitting;

/// <summary>
/// Flags of Run:ai's that nothing is done about. Those without which a program runs as well are let through with a line that says so;
/// those without which it would run otherwise than it was meant to are refused.
/// </summary>
internal static class OtherFlags
{
    private static readonly (Flag Flag, string Reason)[] ignored =
    [
        (Value("image-pull-policy"), "the node's container engine decides"),
        (Switch("always-pull-image"), "the node's container engine decides"),
        (Switch("local-image"), "the node's container engine decides"),
        (Switch("large-shm"), "shared memory is not limited"),
        (Switch("stdin"), "a program's input is empty"),
        (Switch("tty", 't'), "a program has no terminal"),
        (Switch("attach"), "braid logs NAME -f shows what it prints"),
        (Switch("create-home-dir"), "the image's or the node's folders are used"),
        (Switch("host-ipc"), "nothing is kept apart but what the executor does"),
        (Switch("host-network"), "nothing is kept apart but what the executor does"),
        (Switch("mps"), "parts of devices are counted, not enforced"),
        (Value("user", 'u'), "it is whoever submits"),
        (Value("gpu-request-type"), "it follows from the other flags"),
        (Value("gpu-portion-limit"), "parts of devices are counted, not enforced"),
        (Value("gpu-memory-limit"), "parts of devices are counted, not enforced"),
        (Value("wait-for-submit"), "submitting waits for nothing"),
        (Value("preferred-pod-topology-key"), "plain replicas need not be near each other"),
        (Values("label"), "Kubernetes' labels"),
        (Values("annotation"), "Kubernetes' annotations"),
    ];

    private static readonly (Flag Flag, string Reason)[] refused =
    [
        (
            Switch("jupyter"),
            "nothing is published: name an image or a program that serves, and the node to reach it on"
        ),
        (Value("service-type"), "nothing is published: a program is reached at its node's address"),
        (Values("port"), "nothing is published: a program is reached at its node's address"),
        (Values("external-url"), "nothing is published: a program is reached at its node's address"),
        (Values("git-sync"), "code is not fetched: let the command do it, or use a versioned repo"),
        (Values("pvc"), "there are no volume claims: -v HOST:PATH shows a folder of the node"),
        (Values("existing-pvc"), "there are no volume claims: -v HOST:PATH shows a folder of the node"),
        (Values("new-pvc"), "there are no volume claims: -v HOST:PATH shows a folder of the node"),
        (Values("nfs"), "mount it on the nodes, then -v HOST:PATH"),
        (Values("s3"), "the program reads it by itself, or as a versioned repo"),
        (Values("configmap-map-volume"), "there are no config maps: -v HOST:PATH shows a folder of the node"),
        (Values("secret-volume"), "there are no secret volumes: -v HOST:PATH shows a folder of the node"),
        (Values("extended-resource"), "nodes have processors, memory and GPUs"),
        (Value("required-pod-topology-key"), "distributed jobs say so in their manifest: braid create -f job.yaml"),
        (Switch("run-as-user"), "programs run as the node's agent"),
        (Switch("prevent-privilege-escalation"), "it cannot be promised for programs of a node"),
        (Value("template"), "there are no templates"),
        (Values("args"), "write them behind --"),
    ];

    public static IEnumerable<Flag> All =>
        [
            .. ignored.Select(one => one.Flag with { Help = $"Not acted on: {one.Reason}." }),
            .. refused.Select(one => one.Flag with { Help = $"Refused: {one.Reason}." }),
        ];

    /// <exception cref="Failure">One was given that the program cannot do without.</exception>
    public static void Judge(Invocation call)
    {
        foreach (var (name, reason) in Given(call, refused))
        {
            throw new Failure($"--{name} is not supported: {reason}");
        }

        foreach (var (name, reason) in Given(call, ignored))
        {
            call.Error.WriteLine($"warning: --{name} is not acted on: {reason}");
        }
    }

    private static IEnumerable<(string Name, string Reason)> Given(Invocation call, (Flag Flag, string Reason)[] of) =>
        from one in of
        where call.Command.Flags.Any(flag => flag.Name == one.Flag.Name && call.Has(flag))
        select (one.Flag.Name, one.Reason);

    private static Flag Switch(string name, char? letter = null) => Flags.Switch(name, letter, "");

    private static Flag Value(string name, char? letter = null) => Flags.Value(name, letter, "");

    private static Flag Values(string name) => Flags.Values(name, null, "");
}
