using Braid.Testing;

namespace Braid.Gateway.S3.Tests.StockClients;

/// <summary>A door, a folder, and Debian's own S3 clients set up to use them.</summary>
internal sealed class StockClient : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string> environment;

    private StockClient(S3Host host)
    {
        Host = host;
        environment = new()
        {
            ["HOME"] = Folder,
            ["PATH"] = "/usr/bin:/bin",
            ["AWS_ACCESS_KEY_ID"] = S3Host.Admin.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = S3Host.Admin.SecretKey,
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CA_BUNDLE"] = "",
            ["RCLONE_CONFIG"] = Path.Combine(Folder, "none.conf"),
            ["RCLONE_CONFIG_BRAID_TYPE"] = "s3",
            ["RCLONE_CONFIG_BRAID_PROVIDER"] = "Other",
            ["RCLONE_CONFIG_BRAID_ENDPOINT"] = host.Address,
            ["RCLONE_CONFIG_BRAID_ACCESS_KEY_ID"] = S3Host.Admin.AccessKey,
            ["RCLONE_CONFIG_BRAID_SECRET_ACCESS_KEY"] = S3Host.Admin.SecretKey,
            ["RCLONE_CONFIG_BRAID_FORCE_PATH_STYLE"] = "true",
        };
    }

    public S3Host Host { get; }

    public string Folder => folder.Path;

    public static async Task<StockClient> StartAsync() => new(await S3Host.StartAsync(open: false));

    /// <summary>The output of <c>aws</c>.</summary>
    public Task<string> AwsAsync(params string[] words) =>
        RunAsync("/usr/bin/aws", ["--endpoint-url", Host.Address, .. words]);

    /// <summary>The output of <c>rclone</c>; the door is its remote <c>braid:</c>.</summary>
    public Task<string> RcloneAsync(params string[] words) => RunAsync("/usr/bin/rclone", words);

    /// <summary>The output of <c>s3cmd</c>.</summary>
    public Task<string> S3cmdAsync(params string[] words)
    {
        var place = new Uri(Host.Address).Authority;
        return RunAsync(
            "/usr/bin/s3cmd",
            [
                "--no-ssl",
                $"--host={place}",
                $"--host-bucket={place}",
                $"--access_key={S3Host.Admin.AccessKey}",
                $"--secret_key={S3Host.Admin.SecretKey}",
                "--no-progress",
                .. words,
            ]
        );
    }

    /// <summary>The output of a Python program that finds boto3's client for the door as <c>s3</c>.</summary>
    public Task<string> PythonAsync(string program) =>
        RunAsync(
            "/usr/bin/python3",
            [
                "-c",
                $"""
                import boto3, botocore.config
                config = botocore.config.Config(s3=dict(addressing_style="path"))
                s3 = boto3.client("s3", endpoint_url="{Host.Address}", config=config)
                {program}
                """,
            ]
        );

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A file of random bytes, made in the folder.</summary>
    public async Task<byte[]> MakeFileAsync(string name, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name)) ?? Folder);
        await File.WriteAllBytesAsync(PathOf(name), bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }

    private Task<string> RunAsync(string program, IEnumerable<string> arguments) =>
        ProgramRun.OutputAsync(program, arguments, Folder, environment);
}
