using Braid.Primitives;

namespace Braid.Agent;

/// <summary>Which agent it is, whatever its process: an id that lies in its folder.</summary>
internal static class AgentIdentity
{
    public static string Of(string folder, IdSource ids)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "id");
        if (File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } known)
        {
            return known;
        }

        var made = ids.Next().ToString();
        File.WriteAllText(path, made);
        return made;
    }
}
