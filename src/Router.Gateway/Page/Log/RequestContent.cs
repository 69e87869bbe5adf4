using System.Text;

namespace RouterGen.Gateway.Page.Log;

/// <summary>What was asked and answered, each cut to a limit.</summary>
/// <param name="Asked">The request's body.</param>
/// <param name="IsAskedCut">Whether it was longer.</param>
/// <param name="Answered">The answer's body.</param>
/// <param name="IsAnsweredCut">Whether it was longer.</param>
internal sealed record RequestContent(byte[] Asked, bool IsAskedCut, byte[] Answered, bool IsAnsweredCut)
{
    /// <summary>Gets how many bytes it takes.</summary>
    public int Bytes => Asked.Length + Answered.Length;

    /// <summary>Returns bytes as text. What is no UTF-8, such as sound, is replaced.</summary>
    public static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
