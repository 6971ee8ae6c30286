using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddUpdateIndexesOfComments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_WantedByUtc_Number",
                table: "StepRequests",
                columns: new[] { "WantedByUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Consultations_ChangedAtUtc_Number",
                table: "Consultations",
                columns: new[] { "ChangedAtUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_ChangedAtUtc_Id",
                table: "Comments",
                columns: new[] { "ChangedAtUtc", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StepRequests_WantedByUtc_Number",
                table: "StepRequests");

            migrationBuilder.DropIndex(
                name: "IX_Consultations_ChangedAtUtc_Number",
                table: "Consultations");

            migrationBuilder.DropIndex(
                name: "IX_Comments_ChangedAtUtc_Id",
                table: "Comments");
        }
    }
}
