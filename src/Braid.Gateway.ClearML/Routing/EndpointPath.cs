using System.Text.RegularExpressions;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>What a request's path asks for: <c>/v2.23/tasks.create</c> or <c>/tasks.create</c> (then the newest version).</summary>
internal sealed partial record EndpointPath(string Name, ApiVersion Requested)
{
    public static Result<EndpointPath> Parse(string path)
    {
        var match = Pattern().Match(path);
        if (!match.Success)
        {
            return Errors.InvalidPath(path);
        }

        var version = match.Groups["version"];
        return new EndpointPath(
            match.Groups["name"].Value,
            version.Success ? ApiVersion.Parse(version.Value) : ApiVersion.Newest
        );
    }

    [GeneratedRegex(
        @"^/?(v(?<version>[0-9]+\.?[0-9]+)/)?(?<name>[a-zA-Z_][a-zA-Z0-9_]+\.[a-zA-Z_][a-zA-Z0-9_]+)/?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Pattern();
}
