using System.Globalization;
using System.Net;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Sweeping;

namespace Braid.Server.Options;

/// <summary>Reads what <c>serve</c> was given, and reports every mistake at once.</summary>
internal sealed class ServeOptionsReader
{
    private readonly GivenOptions given;

    private ServeOptionsReader(GivenOptions given) => this.given = given;

    /// <summary>The options, or what is wrong with them, a line each.</summary>
    public static (ServeOptions? Options, IReadOnlyList<string> Mistakes) Read(
        IReadOnlyList<string> args,
        Func<string, string?> environment
    )
    {
        var given = new GivenOptions(OptionTable.All, args, environment);
        var options = new ServeOptionsReader(given).Build();
        return given.Mistakes.Count == 0 ? (options, []) : (null, given.Mistakes);
    }

    private ServeOptions Build()
    {
        var data = Path.GetFullPath(given.Text(OptionTable.Data) ?? given.Missing(OptionTable.Data));
        var blobs = given.Text(OptionTable.Blobs)!; // it has a default
        return new()
        {
            Data = data,
            Bind = Address(OptionTable.Bind),
            Ports = new(
                Port(OptionTable.PachydermPort),
                Port(OptionTable.ClearMLPort),
                Port(OptionTable.FilesPort),
                Port(OptionTable.MLflowPort),
                Port(OptionTable.S3Port),
                Port(OptionTable.WebPort)
            ),
            Database = Checked(
                DatabaseAddress.Parse(given.Text(OptionTable.Database)!, Path.Combine(data, "braid.db"))
            )!,
            Blobs = Checked(BlobAddress.Parse(blobs.Contains("://") ? blobs : Path.Combine(data, blobs)))!,
            Expose = Folders(OptionTable.Expose),
            ReclaimEvery = Hours(OptionTable.ReclaimHours),
            PrivateUrls = given.Switch(OptionTable.PrivateUrls),
            Auth = given.Switch(OptionTable.Auth),
        };
    }

    private IPAddress Address(Option option)
    {
        var text = given.Text(option)!;
        if (IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address))
        {
            return address;
        }

        given.Mistake($"{option.Flag} wants an IP address (127.0.0.1, 0.0.0.0, ::), not '{text}'");
        return IPAddress.Loopback;
    }

    private int Port(Option option)
    {
        var text = given.Text(option)!;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            return port;
        }

        given.Mistake($"{option.Flag} wants a port (0 to 65535), not '{text}'");
        return 0;
    }

    private TimeSpan Hours(Option option)
    {
        var text = given.Text(option)!;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 10_000)
        {
            return hours == 0 ? Sweeper.Never : TimeSpan.FromHours(hours);
        }

        given.Mistake($"{option.Flag} wants a number of hours (0 to 10000), not '{text}'");
        return default;
    }

    private string[] Folders(Option option)
    {
        string[] folders =
        [
            .. given.Text(option)!.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath), // it has a default
        ];
        foreach (var folder in folders.Where(folder => !Directory.Exists(folder)))
        {
            given.Mistake($"{option.Flag}: there is no folder {folder}");
        }

        return folders;
    }

    private T? Checked<T>(Result<T> result)
        where T : class
    {
        if (result.IsOk)
        {
            return result.Value;
        }

        given.Mistake(result.Error.Message);
        return null;
    }
}
