using Braid.Gateway.ClearML.Organization;
using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Models;

internal static class ModelEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("models.get_by_id", "2.1", GetModel.HandleAsync),
        Works("models.get_by_task_id", "2.1", GetModelOfTask.HandleAsync),
        Works("models.get_by_id_ex", "2.11", ListModels.WithNamesAsync),
        Works("models.get_all_ex", "2.1 2.13 2.15 2.20 2.23 2.27", ListModels.WithNamesAsync),
        Works("models.get_all", "2.1 2.15 2.26", ListModels.HandleAsync),
        Works("models.get_frameworks", "2.8", GetWords.FrameworksAsync),
        Works("models.update_for_task", "2.1", UpdateModelOfTask.HandleAsync),
        Works("models.create", "2.1 2.13", CreateModel.HandleAsync),
        Works("models.edit", "2.1 2.13", EditModel.HandleAsync),
        Works("models.update", "2.1 2.13", EditModel.HandleAsync),
        Works("models.publish_many", "2.13", OneByOne.Each("model", SetReady.HandleAsync)),
        Works("models.set_ready", "2.1", SetReady.HandleAsync),
        Works("models.archive_many", "2.13", ArchiveModels.ArchiveAsync),
        Works("models.unarchive_many", "2.13", ArchiveModels.UnarchiveAsync),
        Works("models.delete_many", "2.13", OneByOne.Each("model", DeleteModel.HandleAsync)),
        Works("models.delete", "2.1 2.13", DeleteModel.HandleAsync),
        Publicity.MakePublic("models"),
        Publicity.MakePrivate("models"),
        Works("models.move", "2.12", MoveModels.MoveAsync),
        Works("models.add_or_update_metadata", "2.13", EditModelMetadata.SetAsync),
        Works("models.delete_metadata", "2.13", EditModelMetadata.DeleteAsync),
        Works("models.update_tags", "2.27", MoveModels.LabelAsync),
    ];
}
