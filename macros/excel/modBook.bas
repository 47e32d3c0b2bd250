Attribute VB_Name = "modBook"
Option Explicit

' The workbook a press is about. The add-in has its own answer: the workbook in front.
' LibreOffice, once it has saved the workbook, no longer knows it as ThisWorkbook.
Public Function PressedBook() As Object
    Dim path As String
    Set PressedBook = ThisWorkbook
    On Error Resume Next
    path = ThisWorkbook.Path
    If Err.Number <> 0 Then Set PressedBook = ActiveWorkbook
End Function

' The workbook that holds the texts people see. The add-in has them itself.
Public Function TextsBook() As Object
    Set TextsBook = PressedBook()
End Function
