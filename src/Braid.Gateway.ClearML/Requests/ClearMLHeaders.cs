using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>The protocol's own headers, under their present and their former name.</summary>
internal static class ClearMLHeaders
{
    /// <summary><c>X-ClearML-{name}</c> or <c>X-Trains-{name}</c>; null when neither was sent.</summary>
    public static string? ClearML(this IHeaderDictionary headers, string name) =>
        headers.TryGetValue($"X-ClearML-{name}", out var value) || headers.TryGetValue($"X-Trains-{name}", out value)
            ? value.ToString()
            : null;
}
