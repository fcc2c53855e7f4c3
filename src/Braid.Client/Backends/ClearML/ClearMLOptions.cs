using Braid.Client.Backends.Http;
using Braid.Client.Configuration;

namespace Braid.Client.Backends.ClearML;

/// <summary>Where a ClearML server is, and who we are there.</summary>
public sealed record ClearMLOptions
{
    /// <summary>The API server's address, for instance <c>http://127.0.0.1:8008</c>.</summary>
    public required Uri ApiHost { get; init; }

    /// <summary>The file server's address; images, artifacts and models go there.</summary>
    public required Uri FilesHost { get; init; }

    /// <summary>The key pair's public half.</summary>
    public string AccessKey { get; init; } = "";

    /// <summary>The key pair's secret half.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Null when no address is given.</summary>
    internal static ClearMLOptions? Read(Settings settings, bool isOnly)
    {
        var given = isOnly ? settings.Text("backend_url") : null;
        var api = given ?? settings.Text("clearml_api_host", "CLEARML_API_HOST") ?? settings.Conf("api.api_server");
        if (api is null)
        {
            return null;
        }

        var (access, secret) = KeysOf(settings, isOnly);
        var host = Parse("the API server", api);
        return new()
        {
            ApiHost = host,
            FilesHost = FilesOf(settings, host),
            AccessKey = access,
            SecretKey = secret,
        };
    }

    private static (string Access, string Secret) KeysOf(Settings settings, bool isOnly)
    {
        if (isOnly && settings.Text("api_key")?.Split(':', 2) is [var access, var secret])
        {
            return (access, secret);
        }

        return (
            settings.Text("clearml_api_access_key", "CLEARML_API_ACCESS_KEY")
                ?? settings.Conf("api.credentials.access_key")
                ?? "",
            settings.Text("clearml_api_secret_key", "CLEARML_API_SECRET_KEY")
                ?? settings.Conf("api.credentials.secret_key")
                ?? ""
        );
    }

    /// <summary>What is said, or what the SDK would guess from the API server's address.</summary>
    private static Uri FilesOf(Settings settings, Uri api)
    {
        var output = settings.Text("output_uri", "CLEARML_DEFAULT_OUTPUT_URI");
        if (output is not null && Settings.AsFlag(output) is null)
        {
            return Parse("output_uri", output);
        }

        if (
            (settings.Text("clearml_files_host", "CLEARML_FILES_HOST") ?? settings.Conf("api.files_server")) is
            { } files
        )
        {
            return Parse("the file server", files);
        }

        return api.Host.StartsWith("api.", StringComparison.Ordinal)
                ? new UriBuilder(api) { Host = "files." + api.Host[4..] }.Uri
            : api.Port == 8008 ? new UriBuilder(api) { Port = 8081 }.Uri
            : throw new ArgumentException(
                $"CLEARML_API_HOST is {ServerAddress.Of(api)}, but not CLEARML_FILES_HOST: set both"
            );
    }

    private static Uri Parse(string what, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri! // parsed just now
            : throw new ArgumentException(
                $"{what} is '{(uri is null ? address : ServerAddress.Of(uri))}': only http:// and https:// addresses"
            );
}
