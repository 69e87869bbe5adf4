using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>A tool that the compiler wrote. Made by emitted code.</summary>
/// <remarks>
/// Arguments that its parameters do not take are its result, as a text that the model can act on: code that invokes functions would keep the
/// message of an exception to itself. The router's own loop gets them as an exception.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RouterFunction : AIFunction
{
    private readonly ToolDeclaration _declaration;
    private readonly Func<ToolArguments, CancellationToken, ValueTask<object?>> _invoke;

    /// <summary>Makes a tool.</summary>
    /// <param name="declaration">Its name, description and schema, as models see them.</param>
    /// <param name="invoke">Binds the arguments and calls the method.</param>
    public RouterFunction(ToolDeclaration declaration, Func<ToolArguments, CancellationToken, ValueTask<object?>> invoke)
    {
        _declaration = declaration;
        _invoke = invoke;
    }

    /// <inheritdoc/>
    public override string Name => _declaration.Name;

    /// <inheritdoc/>
    public override string Description => _declaration.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _declaration.Schema;

    /// <inheritdoc/>
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var bound = new ToolArguments(Name, arguments);
        return arguments is ToolCallArguments ? _invoke(bound, cancellationToken) : TellAsync(bound, cancellationToken);
    }

    private async ValueTask<object?> TellAsync(ToolArguments bound, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoke(bound, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolArgumentException wrong) when (bound.IsInvalid)
        {
            return ToolErrors.Of(wrong.Message);
        }
    }
}
