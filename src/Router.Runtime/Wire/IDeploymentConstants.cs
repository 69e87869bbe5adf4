using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// What is known of one deployment and a codec needs while it writes a request. The generator emits one empty struct for
/// each distinct set of constants of a project, which deployments share, so that a codec's generic shell is specialised
/// once for each. Where groups are read while a program runs, a struct holds the values.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeploymentConstants
{
    /// <summary>
    /// Gets the start of each request's JSON object as UTF-8, without the comma that follows:
    /// <c>{"model":"gpt-4o-mini"</c>; <c>{</c> where the platform wants nothing in the body that is known beforehand, the model
    /// included.
    /// </summary>
    ReadOnlySpan<byte> RequestPrefix { get; }

    /// <summary>Gets the model, and what it takes: requests are fitted to it before they are sent.</summary>
    ModelProfile Profile { get; }
}
