using System.Text;
using System.Text.Json;
using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Containers;

/// <summary>Sees to it that the engine has an image.</summary>
internal sealed class Images(EngineClient engine, IReadOnlyDictionary<string, RegistryLogin> logins)
{
    private const string defaultRegistry = "docker.io";

    public async Task<Result<Unit>> EnsureAsync(string image, ImagePull pull, CancellationToken ct)
    {
        if (pull == ImagePull.Always)
        {
            return await PullAsync(image, ct);
        }

        var found = await engine.GetAsync($"/images/{image}/json", EngineJson.Default.ImageDetails, ct);
        return found switch
        {
            { IsOk: true } => Unit.Value,
            { Error.Kind: not ErrorKind.NotFound } => found.Error,
            _ when pull == ImagePull.Never => Errors.NoImage(image, "it is not there, and must not be fetched"),
            _ => await PullAsync(image, ct),
        };
    }

    private async Task<Result<Unit>> PullAsync(string image, CancellationToken ct)
    {
        var path = $"/images/create?fromImage={Uri.EscapeDataString(Tagged(image))}";
        var opened = await engine.OpenAsync(HttpMethod.Post, path, null, Login(image), ct);
        if (!opened.TryGet(out var response, out var refused))
        {
            return refused.Kind == ErrorKind.Unavailable ? refused : Errors.NoImage(image, refused.Message);
        }

        using (response)
        {
            var read = await engine.GuardAsync(() => ProblemAsync(response, ct));
            return read.TryGet(out var problem, out var gone)
                ? problem.Length == 0
                    ? Unit.Value
                    : Errors.NoImage(image, problem)
                : gone;
        }
    }

    /// <summary>The engine answers with one message for each step; what went wrong is among them. Empty: all went well.</summary>
    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var lines = new StreamReader(body);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize(line, EngineJson.Default.PullStep)?.Error is { } problem)
            {
                return problem;
            }
        }

        return "";
    }

    /// <summary>Without a tag the engine would fetch all of them.</summary>
    private static string Tagged(string image) =>
        image.AsSpan(image.LastIndexOf('/') + 1).IndexOfAny(':', '@') < 0 ? image + ":latest" : image;

    private string? Login(string image)
    {
        var registry = RegistryOf(image);
        return logins.TryGetValue(registry, out var login)
            ? Convert
                .ToBase64String(
                    JsonSerializer.SerializeToUtf8Bytes(
                        new(login.User, login.Password, registry),
                        EngineJson.Default.RegistryLoginHeader
                    )
                )
                .Replace('+', '-')
                .Replace('/', '_')
            : null;
    }

    /// <summary>The first part of a name is a host if it could not be a folder.</summary>
    private static string RegistryOf(string image)
    {
        var first = image.Split('/')[0];
        var isHost = first.Length < image.Length && (first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost");
        return isHost ? first : defaultRegistry;
    }
}
