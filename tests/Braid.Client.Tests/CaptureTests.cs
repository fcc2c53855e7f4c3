using Braid.Client.Records;
using Braid.Testing;

namespace Braid.Client.Tests;

public sealed class CaptureTests : IDisposable
{
    private readonly Runs runs = new();
    private readonly FakeBackend backend = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task What_a_program_writes_is_shown_and_logged_line_by_line()
    {
        var (screen, before) = (new StringWriter(), Console.Out);
        Console.SetOut(screen);
        await using (Experiment.StartLogging("run", null, runs.To(backend) with { ConnectStreams = true }))
        {
            Console.WriteLine("one");
            Console.Write("two");
            Console.WriteLine();
            Console.Write("three");
        }

        Console.SetOut(before);
        Assert.Equal(["one", "two", "three"], backend.Of(RecordKind.Console).Select(record => record.Text));
        Assert.Equal("one\ntwo\nthree", screen.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_the_process_uses_is_logged_now_and_then()
    {
        var options = runs.To(backend) with { ResourceInterval = TimeSpan.FromMilliseconds(20) };
        await using (Experiment.StartLogging("run", null, options))
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(backend.Records.Count >= 6), "two measurements");
        }

        Assert.All(backend.Records, record => Assert.StartsWith(":monitor:machine/", record.Name));
        Assert.All(backend.Records, record => Assert.True(record.Value >= 0));
    }
}
