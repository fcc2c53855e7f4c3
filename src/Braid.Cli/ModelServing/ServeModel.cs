using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Servers;

namespace Braid.Cli.ModelServing;

/// <summary>
/// Serves one model over HTTP, as <c>mlflow models serve</c> does: 1 find where the model is; 2 fetch it; 3 become the program that serves
/// it.
/// </summary>
internal static class ServeModel
{
    private static readonly Flag modelUri = Flags.Value(
        "model-uri",
        'm',
        "models:/NAME/VERSION, models:/NAME@ALIAS, models:/NAME/STAGE, runs:/RUN/PATH, or a folder."
    );
    private static readonly Flag host = Flags.Value(
        "host",
        null,
        "The address to listen on; MLFLOW_HOST, else 127.0.0.1, when not given."
    );
    private static readonly Flag port = Flags.Value(
        "port",
        'p',
        "The port to listen on; MLFLOW_PORT, else 5000, when not given."
    );
    private static readonly Flag workers = Flags.Value(
        "workers",
        'w',
        "Processes that have the model loaded; MLFLOW_WORKERS, else 1, when not given."
    );
    private static readonly Flag timeout = Flags.Value(
        "timeout",
        't',
        "Seconds that one request may take; MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT, else 60, when not given."
    );
    private static readonly Flag envManager = Flags.Value(
        "env-manager",
        null,
        "\"local\": no packages are installed, the Python is taken as it is."
    );
    private static readonly Flag noConda = Flags.Switch("no-conda", null, "The same as --env-manager local.");
    private static readonly Flag installMLflow = Flags.Switch("install-mlflow", null, "Refused: nothing is installed.");
    private static readonly Flag enableMLServer = Flags.Switch(
        "enable-mlserver",
        null,
        "Refused: only MLflow's own protocol is answered."
    );
    private static readonly Flag python = Flags.Value(
        "python",
        null,
        "The Python that has the model's packages; BRAID_PYTHON, else python3, when not given."
    );
    private static readonly Flag data = Flags.Value(
        "data",
        null,
        "The server's folder; what MLFLOW_TRACKING_URI names, else BRAID_DATA, when not given."
    );

    public static Command Command { get; } =
        new Command("models serve", "-m MODEL", "Serve a model of MLflow's over HTTP, as its scoring server answers.")
        {
            Flags =
            [
                data,
                enableMLServer,
                envManager,
                host,
                installMLflow,
                modelUri,
                noConda,
                port,
                python,
                timeout,
                workers,
            ],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var wanted =
            call.Text(modelUri)
            ?? throw new Failure("which model? -m models:/NAME/VERSION, runs:/RUN/PATH or a folder")
            {
                ShowUsageOf = call.Command,
            };
        RefuseInstalling(call);
        IReadOnlyList<string> options = [.. OptionsOf(call)];
        // Before anything is fetched.
        var program = Programs.Scoring;
        // 1
        if (ModelUri.LocalFolder(wanted) is { } local)
        {
            return await Serve.Become(program, ["--model", local, .. options]);
        }

        var model = ModelUri.Parse(wanted);
        using var store = new ModelStore(MLflowAddress.Find(call.World, call.Text(data)));
        var place = await store.LocateAsync(model, ct);
        // 2
        var folder = await FetchAsync(store, place, call.Error, ct);
        // 3
        return await Serve.Become(program, ["--model", folder, "--remove-model", .. options]);
    }

    private static async Task<string> FetchAsync(
        ModelStore store,
        string place,
        TextWriter progress,
        CancellationToken ct
    )
    {
        var folder = Directory.CreateTempSubdirectory("braid-model-").FullName;
        try
        {
            var download = new ModelDownload(store, folder);
            await download.RunAsync(place, ct);
            progress.WriteLine(download.Summary(place));
            return folder;
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static void RefuseInstalling(Invocation call)
    {
        var advice = "make an environment with the model's packages and name its Python (--python)";
        if (call.Text(envManager) is { } manager && manager != "local")
        {
            throw new Failure($"--env-manager {manager}: no environments are made here; {advice}");
        }

        if (call.Has(installMLflow))
        {
            throw new Failure($"--install-mlflow: nothing is installed here; {advice}");
        }

        if (call.Has(enableMLServer))
        {
            throw new Failure("--enable-mlserver: only MLflow's own protocol is answered, at /invocations");
        }
    }

    private static IEnumerable<string> OptionsOf(Invocation call)
    {
        (Flag Flag, string Variable)[] numbers =
        [
            (port, "MLFLOW_PORT"),
            (workers, "MLFLOW_WORKERS"),
            (timeout, "MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT"),
        ];
        foreach (var (flag, variable) in numbers)
        {
            if (Given(call, flag, variable) is { } text)
            {
                yield return $"--{flag.Name}";
                yield return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    ? text
                    : throw new Failure($"--{flag.Name} {text}: not a whole number");
            }
        }

        (Flag Flag, string Variable)[] texts = [(host, "MLFLOW_HOST"), (python, "BRAID_PYTHON")];
        foreach (var (flag, variable) in texts)
        {
            if (Given(call, flag, variable) is { } text)
            {
                yield return $"--{flag.Name}";
                yield return text;
            }
        }
    }

    private static string? Given(Invocation call, Flag flag, string variable) =>
        call.Text(flag) ?? (call.World.Variable(variable) is { Length: > 0 } text ? text : null);
}
