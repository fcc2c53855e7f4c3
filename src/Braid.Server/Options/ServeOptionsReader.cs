using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Braid.Gateway.Web.Installations;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Server.Agents;
using Braid.Storage.Blobs;
using Braid.Storage.Sweeping;

namespace Braid.Server.Options;

/// <summary>Reads what <c>serve</c> was given, and reports every mistake at once.</summary>
internal sealed partial class ServeOptionsReader
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
            AuditFor = TimeSpan.FromDays(Number(OptionTable.AuditDays, 1, 10_000, "a number of days")),
            Executor = ExecutorChoice.Read(given),
            AgentQueues = given.Names(OptionTable.AgentQueues),
            PrivateUrls = given.Switch(OptionTable.PrivateUrls),
            Auth = given.Switch(OptionTable.Auth),
            Settings = [.. OptionTable.All.Select(SettingOf)],
        };
    }

    /// <summary>As it counts; the password of an address is nobody's to read.</summary>
    private Setting SettingOf(Option option) =>
        new(
            option.Flag,
            option.Variable,
            Password().Replace(given.Text(option) ?? (option.IsSwitch ? "false" : ""), "${start}:********@"),
            given.SourceOf(option),
            option.Help
        );

    [GeneratedRegex(@"(?<start>://[^/\s:@]*):[^/\s@]*@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();

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

    private int Port(Option option) => Number(option, 0, 65_535, "a port");

    private TimeSpan Hours(Option option)
    {
        var hours = Number(option, 0, 10_000, "a number of hours");
        return hours == 0 ? Sweeper.Never : TimeSpan.FromHours(hours);
    }

    private int Number(Option option, int least, int most, string what)
    {
        var text = given.Text(option)!; // it has a default
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        given.Mistake($"{option.Flag} wants {what} ({least} to {most}), not '{text}'");
        return least;
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
