using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Calls;

/// <summary>Finds the group that a request names as its model.</summary>
internal static class GroupFinder
{
    private const int MostListed = 50;

    /// <summary>Returns the groups that the key of a request may ask for.</summary>
    public static IReadOnlyList<ModelGroup> Visible(IModelGroups models, GatewayCall call) => call.Caller is { Grant: not null } caller ? [.. models.Groups.Where(group => caller.Allows(group.Name))] : models.Groups;

    /// <summary>Finds a group of a kind, and lets the request in, if no limit of its key is reached.</summary>
    /// <param name="models">The groups.</param>
    /// <param name="call">The request, which notes the group.</param>
    /// <param name="name">What the request calls it.</param>
    /// <param name="group">The group; null where there is none.</param>
    /// <returns>Null, or why there is none: with the groups that can be asked with the request's key; or the limit.</returns>
    public static GatewayError? Find<TGroup>(IModelGroups models, GatewayCall call, string name, out TGroup? group)
        where TGroup : ModelGroup
    {
        call.AskedModel = name;
        Caller? caller = call.Caller;
        ModelGroup? found = name.Length == 0 || caller?.Allows(name) is false ? null : models.Find(name);
        group = found as TGroup;
        call.Group = group;
        if (group is not null) return caller?.TryEnter(group, call.EstimatedInputTokens, call.OutputTokenLimit, call.Now);

        // What a key may not ask for is not there: the answer does not tell whether it is for others.
        string[] names = [.. models.Groups.OfType<TGroup>().Select(static one => one.Name).Where(one => caller?.Allows(one) is not false)];
        string list = names.Length == 0 ? "there is none of this kind" : string.Join(", ", names.Take(MostListed)) + (names.Length > MostListed ? " …" : "");
        if (name.Length == 0) return new GatewayError(400, ErrorReason.InvalidRequest, $"The request names no model. Models that can be asked here: {list}.") { Parameter = "model" };
        string message = found is null ? $"There is no model '{name}'." : $"The model '{name}' serves other requests than this one.";
        return new GatewayError(404, ErrorReason.NotFound, $"{message} Models that can be asked here: {list}.") { Code = "model_not_found", Parameter = "model" };
    }
}
