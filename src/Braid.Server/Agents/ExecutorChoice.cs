using Braid.Server.Options;

namespace Braid.Server.Agents;

/// <summary>What a machine's agent runs replicas with.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Engine">The socket of Docker or Podman.</param>
internal sealed record ExecutorChoice(ExecutorKind Kind, string Engine)
{
    public static readonly Option KindOption = new(
        "--executor",
        "KIND",
        "auto",
        "what runs submitted work: process, container, or auto: containers for work with an image where an engine answers"
    );
    public static readonly Option EngineOption = new(
        "--engine",
        "SOCKET",
        "/var/run/docker.sock",
        "the socket of Docker or Podman"
    );

    public static ExecutorChoice Read(GivenOptions given)
    {
        var text = given.Text(KindOption) ?? "";
        if (!Enum.TryParse<ExecutorKind>(text, ignoreCase: true, out var kind) || !text.All(char.IsAsciiLetter))
        {
            given.Mistake($"{KindOption.Flag} is auto, process or container, not '{text}'");
        }

        return new(kind, Path.GetFullPath(given.Text(EngineOption) ?? ""));
    }
}

/// <summary>How a machine runs replicas.</summary>
internal enum ExecutorKind
{
    /// <summary>Work with an image as containers, where an engine answers; the rest as processes.</summary>
    Auto,

    /// <summary>Everything as processes; images are not used.</summary>
    Process,

    /// <summary>Work with an image as containers, and nothing else.</summary>
    Container,
}
