using System.Text.Json.Serialization;
using Braid.Compute.Executors;

namespace Braid.Compute.Containers.Engine;

// What of the engine's messages is used, under the names that the API gives it. What an engine may leave out is null then: the
// initial values of properties count for what is sent only.

internal sealed record EngineVersion
{
    public required string ApiVersion { get; init; }
    public string? MinAPIVersion { get; init; }
    public IReadOnlyList<EngineComponent>? Components { get; init; }

    /// <summary>Podman answers Docker's API too, and says who it is here.</summary>
    public bool IsPodman =>
        Components?.Any(part => part.Name?.Contains("Podman", StringComparison.Ordinal) ?? false) ?? false;
}

internal sealed record EngineComponent
{
    public string? Name { get; init; }
}

internal sealed record EngineRefusal
{
    public string? Message { get; init; }
}

internal sealed record NewContainer
{
    public required string Image { get; init; }
    public string? Hostname { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public IReadOnlyList<string>? Entrypoint { get; init; }
    public IReadOnlyList<string>? Cmd { get; init; }
    public required IReadOnlyList<string> Env { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public required string StopSignal { get; init; }

    /// <summary>Seconds.</summary>
    public required int StopTimeout { get; init; }
    public required HostConfig HostConfig { get; init; }
    public NetworkingConfig? NetworkingConfig { get; init; }
}

internal sealed record HostConfig
{
    public bool Init { get; init; } = true;
    public required string NetworkMode { get; init; }
    public required IReadOnlyList<BindMount> Mounts { get; init; }
    public required IReadOnlyList<string> ExtraHosts { get; init; }
    public IReadOnlyList<string> SecurityOpt { get; init; } = ["no-new-privileges"];
    public required LogConfig LogConfig { get; init; }
    public long? Memory { get; init; }

    /// <summary>Memory and swap together.</summary>
    public long? MemorySwap { get; init; }
    public long? NanoCpus { get; init; }
    public IReadOnlyList<Ulimit>? Ulimits { get; init; }
    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }
}

internal sealed record BindMount(string Source, string Target, bool ReadOnly)
{
    public string Type => "bind";
}

internal sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);

internal sealed record Ulimit(string Name, long Soft, long Hard);

internal sealed record DeviceRequest(
    string Driver,
    [property: JsonPropertyName("DeviceIDs")] IReadOnlyList<string> DeviceIds,
    IReadOnlyList<IReadOnlyList<string>> Capabilities
);

internal sealed record NetworkingConfig(IReadOnlyDictionary<string, EndpointSettings> EndpointsConfig);

internal sealed record EndpointSettings(IReadOnlyList<string> Aliases);

internal sealed record CreatedContainer(string Id);

internal sealed record ListedContainer(string Id);

internal sealed record ContainerDetails
{
    public required string Id { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required ContainerState State { get; init; }
    public required ContainerConfig Config { get; init; }
}

internal sealed record ContainerConfig
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

internal sealed record ContainerState
{
    public required string Status { get; init; }
    public bool OOMKilled { get; init; }
    public int ExitCode { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset FinishedAt { get; init; }
}

internal sealed record ContainerWait(int StatusCode);

/// <summary>What a container uses, under the names that this one answer has.</summary>
internal sealed record ContainerStats
{
    /// <summary>What the kernel would give back at once: versions 2 and 1 of control groups.</summary>
    private static readonly string[] givenBack = ["inactive_file", "total_inactive_file"];

    [JsonPropertyName("cpu_stats")]
    public CpuStats? Cpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryStats? Memory { get; init; }

    /// <summary>Null of a container that does not run: engines answer zeros.</summary>
    public ReplicaUsage? ToUsage()
    {
        if (Cpu?.Usage is not { Nanoseconds: > 0 } cpu || Memory is not { Usage: > 0 } memory)
        {
            return null;
        }

        var cached = givenBack
            .Select(name => memory.Stats?.GetValueOrDefault(name) ?? 0)
            .FirstOrDefault(bytes => bytes > 0 && bytes < memory.Usage);
        return new(cpu.Nanoseconds / TimeSpan.NanosecondsPerTick * TimeSpan.FromTicks(1), memory.Usage - cached);
    }
}

internal sealed record CpuStats([property: JsonPropertyName("cpu_usage")] CpuUsage? Usage);

internal sealed record CpuUsage([property: JsonPropertyName("total_usage")] long Nanoseconds);

internal sealed record MemoryStats(
    [property: JsonPropertyName("usage")] long Usage,
    [property: JsonPropertyName("stats")] IReadOnlyDictionary<string, long>? Stats
);

internal sealed record ImageDetails(string Id);

internal sealed record PullStep
{
    public string? Error { get; init; }
}

internal sealed record NewNetwork
{
    public required string Name { get; init; }

    /// <summary>Refuses a second network of the name, where the engine would make one.</summary>
    public bool CheckDuplicate => true;
    public string Driver => "bridge";
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

internal sealed record CreatedNetwork(string Id);

internal sealed record RegistryLoginHeader(string Username, string Password, string Serveraddress);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true
)]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(EngineRefusal))]
[JsonSerializable(typeof(NewContainer))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(List<ListedContainer>))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(ContainerWait))]
[JsonSerializable(typeof(ContainerStats))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(PullStep))]
[JsonSerializable(typeof(NewNetwork))]
[JsonSerializable(typeof(CreatedNetwork))]
[JsonSerializable(typeof(RegistryLoginHeader))]
internal sealed partial class EngineJson : JsonSerializerContext;
