using System.Diagnostics;
using System.Runtime.InteropServices;
using Braid.Scoring.Tests.Hosting;
using Braid.Testing;

namespace Braid.Scoring.Tests;

/// <summary>The program as a process: signals and exit codes.</summary>
public sealed class ProgramTests : IDisposable
{
    private const int sigterm = 15;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SIGTERM_lets_a_request_under_way_be_answered()
    {
        var mark = folder.File("started");
        var model = WithModel(
            $"""
            import time


            class Slow:
                def predict(self, data):
                    open({'"'}{mark}{'"'}, "w").close()
                    time.sleep(1)
                    return "done"


            def _load_pyfunc(path):
                return Slow()
            """
        );
        using var program = Start("--model", model, "--port", "0", "--python", Pythons.Bare(folder), "--remove-model");
        using var http = new HttpClient { BaseAddress = await AddressAsync(program) };

        var answer = http.PostAsync(
            new Uri("/invocations", UriKind.Relative),
            new StringContent("""{"inputs": 1}""", null, "application/json")
        );
        await Eventually.IsTrueAsync(() => Task.FromResult(File.Exists(mark)), "the model is asked");
        Assert.Equal(0, Kill(program.Id, sigterm));

        Assert.Equal("""{"predictions": "done"}""", await (await answer).Content.ReadAsStringAsync());
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        Assert.False(Directory.Exists(model));
    }

    [Fact]
    public async Task A_worker_ends_when_the_program_is_killed()
    {
        using var program = Start([
            "--model",
            ServedModel.FolderOf("failing"),
            "--port",
            "0",
            "--python",
            Pythons.Bare(folder),
        ]);
        using var http = new HttpClient { BaseAddress = await AddressAsync(program) };
        using var answer = await http.PostAsync(
            new Uri("/invocations", UriKind.Relative),
            new StringContent("""{"prompt": "pid"}""", null, "application/json")
        );
        var worker = await answer.Content.ReadAsStringAsync();

        program.Kill();
        await program.WaitForExitAsync();

        await Eventually.IsTrueAsync(() => Task.FromResult(!IsRunning(worker)), "the worker ends");
    }

    [Theory]
    [InlineData("which model", "--port", "1")]
    [InlineData("there is no option --color", "--color")]
    [InlineData("not a number from 1 to 1024", "--workers", "0")]
    public async Task What_cannot_be_meant_is_refused_with_the_usage(string cause, params string[] words)
    {
        using var program = Start(words);

        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(2, program.ExitCode);
        Assert.Contains(cause, error, StringComparison.Ordinal);
        Assert.Contains("Usage:", error, StringComparison.Ordinal);
    }

    private string WithModel(string code)
    {
        var model = Directory.CreateDirectory(folder.File("model")).FullName;
        File.WriteAllText(Path.Combine(model, "slow.py"), code);
        File.WriteAllText(
            Path.Combine(model, "MLmodel"),
            "flavors:\n  python_function:\n    code: .\n    loader_module: slow\n"
        );
        return model;
    }

    private static Process Start(params string[] words) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "braid-scoring.dll"), .. words])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;

    private static async Task<Uri> AddressAsync(Process program)
    {
        var line = await program.StandardOutput.ReadLineAsync();
        return line is not null
            ? new(line["listening on ".Length..])
            : throw new InvalidOperationException(await program.StandardError.ReadToEndAsync());
    }

    private static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat")
        && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
