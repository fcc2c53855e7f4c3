using Google.Protobuf.Collections;

namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>Maps of texts on the wire.</summary>
internal static class WireMaps
{
    public static void Fill(this MapField<string, string> map, IReadOnlyDictionary<string, string> all)
    {
        foreach (var (key, value) in all)
        {
            map[key] = value;
        }
    }
}
