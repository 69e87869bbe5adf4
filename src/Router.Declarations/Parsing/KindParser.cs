using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Parsing;

/// <summary>
/// Finds the kind of call of a group: what a deployment states, what the catalog knows of a model, what the name of a model suggests, in this
/// order. One deployment is enough; where two differ, <see cref="Checks.GroupChecks"/> says so.
/// </summary>
internal sealed class KindParser(ProviderTable providers)
{
    public CallKind KindOf(GroupDraft group)
    {
        List<DeclaredArguments> declared = [.. group.Declared.Where(deployment => deployment.Text("Model") is not null)];
        return declared.Select(StatedBy).FirstOrDefault(kind => kind is not null)
            ?? declared.Select(KnownOf).FirstOrDefault(kind => kind is not null)
            ?? declared.Select(deployment => CallKindRow.GuessOf(deployment.Text("Model")!)).FirstOrDefault();
    }

    /// <summary>Returns the kind that a deployment states; null where it states none.</summary>
    public static CallKind? StatedBy(DeclaredArguments declared) =>
        declared.Integer("Kind") is { } stated && Enum.IsDefined(typeof(CallKind), stated) ? (CallKind)stated : null;

    private CallKind? KnownOf(DeclaredArguments declared)
    {
        string text = declared.Text("Model")!;
        int slash = text.IndexOf('/');
        if (slash < 1 || providers.Find(text.Substring(0, slash)) is not { } provider) return null;
        string model = declared.Text("BaseModel") is { Length: > 0 } known ? known.Substring(known.IndexOf('/') + 1) : text.Substring(slash + 1);
        return provider.In(dialect: null, model)?.FindModel(model)?.Kind;
    }
}
