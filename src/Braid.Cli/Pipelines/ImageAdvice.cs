using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Pipelines;

/// <summary>What is worth a word about a spec's image before it is submitted.</summary>
internal static class ImageAdvice
{
    public static readonly Flag Push = Flags.Switch(
        "push-images",
        null,
        "Nothing: images are not pushed from here; push them with docker or podman."
    );
    public static readonly Flag Registry = Flags.Value("registry", 'r', "As --push-images.");
    public static readonly Flag UserName = Flags.Value("username", 'u', "As --push-images.");

    public static IReadOnlyList<Flag> All { get; } = [Push, Registry, UserName];

    public static void GiveOnPush(Invocation call)
    {
        if (call.Has(Push))
        {
            call.Error.WriteLine(
                "--push-images: images are not pushed from here; docker push or podman push does it, and the spec names the tag"
            );
        }
    }

    /// <summary>An image without a version is another one tomorrow; its results would not say so.</summary>
    public static void GiveOnTag(Invocation call, JsonObject spec)
    {
        if (spec["transform"] is JsonObject transform && transform["image"]?.ToString() is { Length: > 0 } image)
        {
            var name = spec["pipeline"]?["name"]?.ToString() ?? "";
            if (TagOf(image) is not { } tag)
            {
                call.Error.WriteLine($"warning: {name}: the image {image} has no tag: name one, like {image}:1.0");
            }
            else if (tag == "latest")
            {
                call.Error.WriteLine($"warning: {name}: the image {image} changes without notice: name a fixed tag");
            }
        }
    }

    /// <summary>The tag or the digest; a colon before the last slash is a registry's port.</summary>
    private static string? TagOf(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        var at = name.IndexOfAny([':', '@']);
        return at < 0 ? null : name[(at + 1)..];
    }
}
