using Braid.Client.Backends.BraidServer;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.ClearMLOffline;
using Braid.Client.Backends.Folder;
using Braid.Client.Backends.MLflow;
using Braid.Client.Backends.WandbOffline;
using Braid.Client.Configuration;
using Braid.Client.Spooling;

namespace Braid.Client.Backends;

/// <summary>The backends that come along, by name.</summary>
internal static class BackendCatalog
{
    private const string noAim =
        "backend aim is not there: Aim has no documented protocol to write to, only its Python package and the files of that; "
        + "log to mlflow and let Aim's converter (aimlflow) read that, or to folder";

    /// <summary>Those that the settings name; those that the environment points at, when they name none.</summary>
    /// <exception cref="ArgumentException">One is unknown, named twice, or lacks its address.</exception>
    public static IReadOnlyList<IBackend> Create(Settings settings)
    {
        var names = settings.Words("backend");
        if (names.Distinct().Count() != names.Count)
        {
            throw new ArgumentException($"backend is '{string.Join(',', names)}': each can be named once");
        }

        var isOnly = names.Count == 1;
        return [.. (names.Count > 0 ? names : Implied(settings)).Select(name => Create(name, settings, isOnly))];
    }

    /// <summary>The backend that a spool waits for: a folder by its place, a server if the settings lead to it. Null when they do not.</summary>
    public static IBackend? Of(SpooledBackend spooled, Settings settings)
    {
        switch (spooled.Name)
        {
            case "folder":
                return new FolderBackend(spooled.Address);
            case "clearml-offline":
                return new ClearMLOfflineBackend(spooled.Address);
            case "wandb":
                return new WandbOfflineBackend(spooled.Address);
            case "braid" or "clearml" or "mlflow":
                try
                {
                    return
                        Create(spooled.Name, settings, isOnly: false) is { } server && server.Address == spooled.Address
                        ? server
                        : null;
                }
                catch (ArgumentException)
                {
                    return null; // no address is set
                }

            default:
                return null; // a program's own
        }
    }

    /// <summary>A Braid job and <c>braid env</c> say where a Braid server is; else whichever protocol's address is known.</summary>
    private static IReadOnlyList<string> Implied(Settings settings)
    {
        var isBraid = settings.Variable("BRAID_ACCESS_KEY") ?? settings.Variable("BRAID_TOKEN");
        var clearML = ClearMLOptions.Read(settings, isOnly: false);
        return isBraid is not null && clearML is not null ? ["braid"]
            : MLflowOptions.Read(settings, isOnly: false) is not null ? ["mlflow"]
            : clearML is not null ? ["clearml"]
            : [];
    }

    private static IBackend Create(string name, Settings settings, bool isOnly) =>
        name switch
        {
            "braid" => new BraidBackend(ClearML(settings, name, isOnly), MLflowOptions.Read(settings, isOnly: false)),
            "clearml" => new ClearMLBackend(ClearML(settings, name, isOnly)),
            "mlflow" => new MLflowBackend(
                MLflowOptions.Read(settings, isOnly)
                    ?? throw new ArgumentException("backend mlflow: set MLFLOW_TRACKING_URI to the server's address")
            ),
            "folder" => new FolderBackend(settings.Text("folder_dir") ?? "braid-runs"),
            "clearml-offline" => new ClearMLOfflineBackend(
                settings.Text("clearml_offline_dir") ?? ClearMLOfflineBackend.DefaultFolder
            ),
            "wandb" => new WandbOfflineBackend(settings.Text("wandb_dir", "WANDB_DIR") ?? "."),
            "aim" => throw new ArgumentException(noAim),
            _ => throw new ArgumentException(
                $"backend {name} is unknown; there are braid, clearml, mlflow, folder, clearml-offline, wandb, and your own (LoggingOptions.Backends)"
            ),
        };

    private static ClearMLOptions ClearML(Settings settings, string name, bool isOnly) =>
        ClearMLOptions.Read(settings, isOnly)
        ?? throw new ArgumentException(
            $"backend {name}: set CLEARML_API_HOST (and CLEARML_FILES_HOST, CLEARML_API_ACCESS_KEY, CLEARML_API_SECRET_KEY), or write them to clearml.conf"
        );
}
