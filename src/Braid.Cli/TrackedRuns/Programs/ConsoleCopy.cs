namespace Braid.Cli.TrackedRuns.Programs;

/// <summary>Copies what a program prints to our own output as it comes, and its lines into the spool.</summary>
internal static class ConsoleCopy
{
    public static async Task RunAsync(Stream from, Stream to, string level, EventSpool spool)
    {
        var lines = new ConsoleLines(line => spool.AddLine(level, line));
        var buffer = new byte[16 << 10];
        var isHeard = true;
        await using (to)
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                isHeard = isHeard && await TryWriteAsync(to, buffer.AsMemory(0, read));
                lines.Add(buffer.AsSpan(0, read));
            }
        }

        lines.End();
    }

    /// <summary>False when nobody reads our output any more: the program's is read on, or it would wait for ever.</summary>
    private static async Task<bool> TryWriteAsync(Stream to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await to.WriteAsync(bytes);
            await to.FlushAsync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
