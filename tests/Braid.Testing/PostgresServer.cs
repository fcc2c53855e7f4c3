using System.Diagnostics;
using Npgsql;

namespace Braid.Testing;

/// <summary>
/// The PostgreSQL server of the test run: the one <c>BRAID_TEST_POSTGRES</c> names (a connection string), or one that this
/// process starts in a folder of its own with Debian's binaries, as an ordinary user, and stops when it ends.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> shared = new(StartAsync);

    public static Task<string> ConnectionStringAsync() => shared.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("BRAID_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("braid-pg-").FullName;
        var bin = Binaries();
        // A socket in the folder and no TCP port: nothing to collide with.
        var data = Path.Combine(folder, "data");
        await RunAsync(folder, $"{bin}/initdb -D {data} -U braid -A trust -N --no-locale -E UTF8");
        await RunAsync(
            folder,
            $"{bin}/pg_ctl -D {data} -w -l {folder}/log "
                + $"-o \"-k {folder} -h '' -c fsync=off -c max_connections=300\" start"
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(folder, $"{bin}/pg_ctl -D {data} -m immediate stop");
        return new NpgsqlConnectionStringBuilder
        {
            Host = folder,
            Username = "braid",
            Database = "postgres",
        }.ConnectionString;
    }

    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin"
            : throw new InvalidOperationException("no PostgreSQL binaries: apt-get install postgresql");

    private static async Task RunAsync(string folder, string command)
    {
        using var process = Start(folder, command);
        // pg_ctl's server keeps inherited pipes open: output goes to a file instead.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}; see {folder}/run.log");
        }
    }

    private static void Stop(string folder, string command)
    {
        using var process = Start(folder, command);
        process.WaitForExit(10_000);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>PostgreSQL refuses root: then the user <c>nobody</c> owns the folder and runs it.</summary>
    private static Process Start(string folder, string command)
    {
        var log = $"{command} >> {folder}/run.log 2>&1 < /dev/null";
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "sh", "-c", log])
            : new ProcessStartInfo("sh", ["-c", log]);
        start.WorkingDirectory = "/";
        if (Environment.IsPrivilegedProcess)
        {
            Process.Start("chown", ["-R", "nobody:nogroup", folder]).WaitForExit();
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"could not start: {command}");
    }
}
