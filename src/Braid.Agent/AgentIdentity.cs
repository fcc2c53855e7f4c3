using System.Globalization;
using Braid.Primitives;

namespace Braid.Agent;

/// <summary>Which agent it is, whatever its process, and which of its processes: both lie in its folder.</summary>
/// <param name="Agent">An id of its own.</param>
/// <param name="Start">Counts its processes: what an earlier one said, and what arrives late, is known by it.</param>
internal sealed record AgentIdentity(string Agent, long Start)
{
    public static AgentIdentity Next(string folder, IdSource ids)
    {
        var root = Directory.CreateDirectory(folder).FullName;
        var (id, starts) = (Path.Combine(root, "id"), Path.Combine(root, "starts"));
        var agent = Read(id) ?? ids.Next().ToString();
        var start = long.TryParse(Read(starts), CultureInfo.InvariantCulture, out var before) ? before + 1 : 1;
        Write(id, agent);
        Write(starts, start.ToString(CultureInfo.InvariantCulture));
        return new(agent, start);
    }

    private static string? Read(string path) =>
        File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text ? text : null;

    private static void Write(string path, string text)
    {
        var half = path + ".half";
        File.WriteAllText(half, text);
        File.Move(half, path, overwrite: true);
    }
}
