using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Braid.Grpc.Client;
using Braid.Protos.Pps;

namespace Braid.Load.Machine;

/// <summary>A server on a folder of its own, and what it takes of the machine.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private static readonly string[] doors = ["pachyderm", "clearml", "files", "mlflow", "s3", "web"];
    private static readonly int ticksPerSecond = 100;

    private readonly LoadOptions options;
    private readonly Process process;
    private readonly GrpcChannel channel;
    private bool isStopped;

    private LoadServer(LoadOptions options, Process process, string folder, string address)
    {
        (this.options, this.process) = (options, process);
        (Folder, Address) = (folder, address);
        channel = new(new(address.Replace("grpc://", "http://", StringComparison.Ordinal)));
        Client = new(channel);
        Jobs = new(channel);
    }

    public string Folder { get; }

    /// <summary>As the command line takes it.</summary>
    public string Address { get; }

    public LoadClient Client { get; }

    public JobClient Jobs { get; }

    /// <param name="more">Further words of its command line.</param>
    public static Task<LoadServer> StartAsync(LoadOptions options, WorkFolder work, params string[] more) =>
        StartInAsync(options, work.New("server"), more);

    /// <summary>Ends it and starts another on its folder, which has nothing in its memory yet.</summary>
    public async Task<LoadServer> StartAgainAsync()
    {
        await StopAsync();
        return await StartInAsync(options, Folder);
    }

    /// <summary>The address of one of its doors.</summary>
    public Uri Door(string name)
    {
        using var endpoints = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "endpoints.json")));
        return new(endpoints.RootElement.GetProperty(name).ToString());
    }

    /// <summary>Starts one on a folder that may be filled already.</summary>
    public static async Task<LoadServer> StartInAsync(LoadOptions options, string folder, params string[] more)
    {
        List<string> words = ["serve", "--data", folder, .. more];
        words.AddRange(options.Database is { } database ? ["--database", database] : []);
        words.AddRange(doors.SelectMany(door => new[] { $"--{door}-port", "0" }));
        var start = new ProcessStartInfo(options.Server, words)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{options.Server} does not start");
        string? address = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line and not "ready")
        {
            address = line.StartsWith("pachyderm ", StringComparison.Ordinal) ? line.Split(' ')[1] : address;
        }

        return new(
            options,
            process,
            folder,
            address ?? throw new InvalidOperationException("the server says no address")
        );
    }

    /// <summary>Runs something and says what client and server took.</summary>
    public async Task<Usage> MeasureAsync(Func<LoadClient, Task> act)
    {
        var (cpu, clock) = (Cpu(), Stopwatch.StartNew());
        await act(Client);
        return new(clock.Elapsed.TotalSeconds, Cpu() - cpu);
    }

    /// <summary>
    /// Puts a tree into a new repo and says what the job took of a pipeline over it, which has two workers and a datum for each match.
    /// </summary>
    /// <exception cref="InvalidOperationException">It did not process so many datums.</exception>
    public async Task<Usage> MeasureJobAsync(string repo, string tree, string glob, Transform transform, int datums)
    {
        const string pipeline = "copies";
        await Client.CreateRepoAsync(repo);
        await Jobs.CreateAsync(pipeline, repo, glob, transform);
        await Jobs.NewestEndedAsync(pipeline);
        await Client.ModifyAsync(repo, Changes.PutAllAsync(tree));
        JobInfo? job = null;
        var usage = await MeasureAsync(async _ => job = await Jobs.NewestEndedAsync(pipeline));
        return job?.DataProcessed == datums
            ? usage
            : throw new InvalidOperationException($"{job?.DataProcessed} of {datums} datums were processed");
    }

    /// <summary>The greatest resident memory so far, in MiB.</summary>
    public string PeakMiB()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status")
            .First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        var kib = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return $"{long.Parse(kib, CultureInfo.InvariantCulture) / 1024}";
    }

    /// <summary>Stops the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        WorkFolder.Remove(Folder);
    }

    /// <summary>Stops the server; its folder stays.</summary>
    public async Task StopAsync()
    {
        if (isStopped)
        {
            return;
        }

        isStopped = true;
        channel.Dispose();
        using (Process.Start("kill", ["-TERM", $"{process.Id}"])) { }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private double Cpu() => OfServer() + Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Seconds of processor time that the server has taken.</summary>
    // Fields 14 and 15 of stat, counted after the name in brackets.
    public double OfServer()
    {
        var stat = File.ReadAllText($"/proc/{process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double)(Ticks(fields[11]) + Ticks(fields[12])) / ticksPerSecond;
    }

    private static long Ticks(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
