namespace Braid.Cli.TrackedRuns;

/// <summary>Copies what a program prints to our own output as it comes, and its lines into the spool.</summary>
internal static class ConsoleCopy
{
    public static async Task RunAsync(Stream from, Stream to, string level, EventSpool spool)
    {
        var lines = new ConsoleLines(line => spool.AddLine(level, line));
        var buffer = new byte[16 << 10];
        await using (to)
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                lines.Add(buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read));
                await to.FlushAsync();
            }
        }

        lines.End();
    }
}
