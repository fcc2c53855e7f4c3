using Braid.Gateway.ClearML.Organization;
using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Tasks;

internal static class TaskEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("tasks.get_by_id", "2.1", GetTask.HandleAsync),
        Works("tasks.get_by_id_ex", "2.11", ListTasks.WithNamesAsync),
        Works("tasks.get_all_ex", "2.1 2.13 2.14 2.15 2.23 2.27", ListTasks.WithNamesAsync),
        Works("tasks.get_all", "2.1 2.14 2.15 2.26", ListTasks.HandleAsync),
        Works("tasks.get_types", "2.8", GetWords.TypesAsync),
        Works("tasks.clone", "2.5 2.12 2.13", CloneTask.HandleAsync),
        Works("tasks.edit_runtime", "2.34", EditRuntime.HandleAsync),
        Works("tasks.add_or_update_model", "2.13", LinkModel.HandleAsync),
        Works("tasks.delete_models", "2.13", UnlinkModels.HandleAsync),
        Works("tasks.create", "2.1 2.13", CreateTask.HandleAsync),
        Works("tasks.validate", "2.1 2.13", ValidateTask.HandleAsync),
        Works("tasks.update", "2.1", UpdateTask.HandleAsync),
        Works("tasks.update_batch", "2.1", UpdateTasks.HandleAsync).InBatches(),
        Works("tasks.edit", "2.1 2.13", EditTask.HandleAsync),
        Works("tasks.reset", "2.1 2.13 2.21", ResetTask.HandleAsync),
        Works("tasks.reset_many", "2.13 2.21", OneByOne.Each("task", ResetTask.HandleAsync)),
        Works("tasks.delete_many", "2.13 2.21 2.30", OneByOne.Each("task", DeleteTask.HandleAsync)),
        Works("tasks.delete", "2.1 2.13 2.21 2.30", DeleteTask.HandleAsync),
        Works("tasks.archive", "2.12 2.30", ArchiveTasks.ArchiveListedAsync),
        Works("tasks.archive_many", "2.13 2.30", OneByOne.Each("task", ArchiveTasks.ArchiveAsync)),
        Works("tasks.unarchive_many", "2.13 2.30", OneByOne.Each("task", ArchiveTasks.UnarchiveAsync)),
        Works("tasks.started", "2.1", ChangeStatus.StartedAsync),
        Works("tasks.stop", "2.1 2.30", StopTask.HandleAsync),
        Works("tasks.stop_many", "2.13 2.30", OneByOne.Each("task", StopTask.HandleAsync)),
        Works("tasks.stopped", "2.1", ChangeStatus.StoppedAsync),
        Works("tasks.failed", "2.1", ChangeStatus.FailedAsync),
        Works("tasks.close", "2.1", ChangeStatus.CloseAsync),
        Works("tasks.publish", "2.1", PublishTask.HandleAsync),
        Works("tasks.publish_many", "2.13", OneByOne.Each("task", PublishTask.HandleAsync)),
        Works("tasks.enqueue", "1.5 2.19 2.22 2.31", EnqueueTask.EnqueueAsync),
        Works("tasks.enqueue_many", "2.13 2.19 2.22", EnqueueTask.EnqueueManyAsync),
        Works("tasks.dequeue", "1.5 2.25 2.26", EnqueueTask.DequeueAsync),
        Works("tasks.dequeue_many", "2.13 2.25 2.26", OneByOne.Each("task", EnqueueTask.DequeueAsync)),
        Works("tasks.set_requirements", "2.1", SetRequirements.HandleAsync),
        Works("tasks.completed", "2.2 2.20", ChangeStatus.CompletedAsync),
        Works("tasks.ping", "2.1", PingTask.HandleAsync),
        Works("tasks.add_or_update_artifacts", "2.10", EditArtifacts.SetAsync),
        Works("tasks.delete_artifacts", "2.10", EditArtifacts.DeleteAsync),
        Publicity.MakePublic("tasks"),
        Publicity.MakePrivate("tasks"),
        Works("tasks.get_hyper_params", "2.9", EditHyperParameters.GetAsync),
        Works("tasks.edit_hyper_params", "2.9", EditHyperParameters.EditAsync),
        Works("tasks.delete_hyper_params", "2.9", EditHyperParameters.DeleteAsync),
        Works("tasks.get_configurations", "2.9", EditConfiguration.GetAsync),
        Works("tasks.get_configuration_names", "2.9", EditConfiguration.NamesAsync),
        Works("tasks.edit_configuration", "2.9", EditConfiguration.EditAsync),
        Works("tasks.delete_configuration", "2.9", EditConfiguration.DeleteAsync),
        Works("tasks.move", "2.12", MoveTasks.MoveAsync),
        Works("tasks.update_tags", "2.27", MoveTasks.LabelAsync),
    ];
}
