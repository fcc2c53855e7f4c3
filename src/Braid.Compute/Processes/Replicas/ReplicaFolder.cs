using System.Text.Json;
using System.Text.Json.Serialization;
using Braid.Compute.Executors;

namespace Braid.Compute.Processes.Replicas;

/// <summary>What is kept of a replica on the disk. Each file is there as a whole or not at all, the log apart.</summary>
internal sealed class ReplicaFolder(string path)
{
    public string Log => Path.Combine(path, "log");

    public string Hosts => Path.Combine(path, "hosts");

    private string Started => Path.Combine(path, "replica.json");

    private string Exit => Path.Combine(path, "exit.json");

    public void Make() => Directory.CreateDirectory(path);

    public void WriteStarted(Replica replica) =>
        Write(Started, JsonSerializer.SerializeToUtf8Bytes(replica, ReplicaJson.Default.Replica));

    /// <summary>Null when it was never written.</summary>
    public Replica? ReadStarted() =>
        File.Exists(Started)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(Started), ReplicaJson.Default.Replica)
            : null;

    public void WriteExit(ReplicaExit exit) =>
        Write(Exit, JsonSerializer.SerializeToUtf8Bytes(exit, ReplicaJson.Default.ReplicaExit));

    /// <summary>Null when nobody lived to write it.</summary>
    public ReplicaExit? ReadExit() =>
        File.Exists(Exit) ? JsonSerializer.Deserialize(File.ReadAllBytes(Exit), ReplicaJson.Default.ReplicaExit) : null;

    public void Delete()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void Write(string file, byte[] bytes)
    {
        var half = file + ".half";
        File.WriteAllBytes(half, bytes);
        File.Move(half, file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Replica))]
[JsonSerializable(typeof(ReplicaExit))]
internal sealed partial class ReplicaJson : JsonSerializerContext;
