using Braid.Gateway.ClearML.Organization;
using Braid.Gateway.ClearML.Routing;
using Braid.Tracking;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Projects;

internal static class ProjectEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("projects.create", "2.1", CreateProject.HandleAsync),
        Works("projects.get_by_id", "2.1", GetProject.HandleAsync),
        Works("projects.get_all", "2.1 2.13 2.14 2.15", ListProjects.HandleAsync),
        Works(
            "projects.get_all_ex",
            "2.1 2.13 2.14 2.15 2.16 2.17 2.20 2.23 2.24 2.25 2.27",
            ListProjects.WithStatsAsync
        ),
        Works("projects.update", "2.1", UpdateProject.HandleAsync),
        Works("projects.move", "2.13", MoveProject.HandleAsync),
        Works("projects.merge", "2.13", MergeProject.HandleAsync),
        Works("projects.validate_delete", "2.14 2.26", DeleteProject.ValidateAsync),
        Works("projects.delete", "2.1 2.13 2.26", DeleteProject.HandleAsync),
        Works("projects.get_unique_metric_variants", "2.1 2.13 2.25 2.28", ListProjectWords.MetricsAsync),
        Works("projects.get_hyperparam_values", "2.13 2.26 2.27", ListProjectWords.HyperParameterValuesAsync),
        Works("projects.get_hyper_parameters", "2.9 2.13", ListProjectWords.HyperParametersAsync),
        Works("projects.get_model_metadata_values", "2.17 2.26", ListProjectWords.MetadataValuesAsync),
        Works("projects.get_model_metadata_keys", "2.17", ListProjectWords.MetadataKeysAsync),
        Works("projects.get_project_tags", "2.17", GetWords.Tags(Labelled.Projects)),
        Works("projects.get_task_tags", "2.8", GetWords.Tags(Labelled.Runs)),
        Works("projects.get_model_tags", "2.8", GetWords.Tags(Labelled.Models)),
        Publicity.MakePublic("projects"),
        Publicity.MakePrivate("projects"),
        Works("projects.get_task_parents", "2.12 2.13 2.25", ListProjectWords.ParentsAsync),
        Works("projects.get_user_names", "2.26", ListProjectWords.UsersAsync),
    ];
}
