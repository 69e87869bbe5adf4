using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// What the compiler knows of one deployment and a codec needs while it writes a request. The generator emits one
/// struct for each deployment, so that a codec's generic shell is specialised and its tests of traits fold to constants.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeploymentConstants
{
    /// <summary>
    /// The start of each request's JSON object as UTF-8, without the comma that follows:
    /// <c>{"model":"gpt-4o-mini"</c>.
    /// </summary>
    static abstract ReadOnlySpan<byte> RequestPrefix { get; }

    /// <summary>The parameters and features that the model takes. What it does not take is left out of the request.</summary>
    static abstract ModelTraits Traits { get; }

    /// <summary>The output limit in tokens to send where the call gives none; 0 where none needs to be sent.</summary>
    static abstract int DefaultMaxOutputTokens { get; }
}
