using Microsoft.AspNetCore.Mvc.ModelBinding;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Account;

/// <summary>A new password, typed twice because nobody sees it.</summary>
internal sealed record NewPassword
{
    public string Password { get; init; } = "";

    public string Repeat { get; init; } = "";

    public bool Check(ModelStateDictionary state, string form)
    {
        if (Password.Length == 0) state.Add(Problem.On(nameof(Password), "validation.required"), form);
        else if (Password != Repeat) state.Add(Problem.On(nameof(Repeat), "account.passwordsDiffer"), form);
        else return true;
        return false;
    }
}
