namespace Braid.Gateway.ClearML.Replies;

/// <summary>A kind of thing that documents refer to by its id.</summary>
internal enum Entity
{
    Company,
    User,
    Project,
    Task,
    Model,
    Queue,
    Worker,
}
